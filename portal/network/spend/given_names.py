"""Given names that are common in the United Kingdom, by which a person's name is told from a firm's. Chosen by hand.

Names that are as often a firm's first word (Blake, Carter, Grant, Morgan, Stanley) are not among them.
"""

from typing import Final

_NAMES: Final = """
aaron abdul abdullah abigail adam adrian agnes ahmed aidan aisha alan alastair albert alex alexander alexandra
alfie alfred ali alice alison alistair allan amanda amelia amina amir amy anastasia andrea andrew angela anil anita
ann anna anne annette annie anthony antonia antonio archie arthur arun asif audrey ava barbara beatrice ben
benjamin bernadette bernard bernice beryl beth bethany bilal brenda brendan brian bridget callum cameron carl carla
carly carmel carol carole caroline catherine cathy cecilia ceri charles charlie charlotte chloe chris christina
christine christopher claire clare clive colette colin connor craig cynthia daisy daniel danielle daphne darren dave
david dawn dean deborah deepak denise dennis derek diana diane dick dominic donald donna doreen doris dorothy
douglas duncan dylan edith edward eileen elaine eleanor elena elizabeth ellen ellie elsie emily emma emmanuel eric
erica ernest ethan ethel eva evelyn evie farah fatima felicity fiona florence frances frank fred frederick freya
gareth gavin geoffrey georgia georgina gerald geraldine gerard gillian giovanni gita glenys gloria glynis gordon
graeme graham gwen gwyneth hamza hannah harriet harry hasan hassan hazel heather heidi helen helena henrietta hilary
hilda hugh hussain ian ibrahim imran ingrid irene iris isaac isabel isabella isla ismail ivan ivy jack jacob
jacqueline jade jake james jamie jan jane janet janice jason jaya jayne jean jeanette jeffrey jennifer jenny jeremy
jessica jill jim joan joanna joanne jodie joe john jonathan jose josef joseph josephine joshua joy joyce juan judith
julia julian julie june karen karl kate katherine kathleen kathryn katie katy kay keith kelly kenneth kerry kevin
khadija kieran kim kirsty krishna kumar kyle laura lauren leanne leila leo leonard leslie lesley lewis liam lily
linda lisa lorna lorraine louise lucia lucy luke lydia lynda lynn lynne maeve malcolm mandy manuel marcus margaret
maria mariam marian marie marilyn marion marjorie mark martha martin martina mary maryam matthew maureen maurice
mavis maxine megan meera melanie melissa mia michael michelle mike miles millie mina miriam mohamed mohammad
mohammed moira molly monica morkos muhammad muriel mustafa nadia nancy naomi natalie natasha neil nell nicholas
nicola nicole nigel nina noah noel nora noreen norma nusrat oliver olivia omar oscar owen pamela patricia patrick
paul paula pauline peggy penelope peter philip philippa phillip phyllis pierre pooja poppy priya rachael rachel
rajesh rahul ralph ramesh raymond rebecca rhiannon rhys richard rita robert robin roger rohan ronald rosa rosalind
rose rosemary rosie roy ruby rupert ruth ryan sabrina sadia saira sally samantha samuel sandra sanjay sara sarah
saul scott sean sebastian shabana shahid shannon sharon sheila shelley sheryl shirley simon siobhan sofia sophia
sophie stacey stella stephanie stephen steve steven stuart sunil sunita susan suzanne sylvia tamsin tanya tara
teresa terence terry theresa thelma thomas timothy tina toby tom tony tracey tracy trevor trudy tyler usman valerie
vanessa vera veronica victor victoria vijay vikram vincent violet vivienne wendy wilfred william winifred xavier
yasmin yusuf yvonne zachary zahra zainab zoe
"""
GIVEN_NAMES: Final = frozenset(_NAMES.split())
"""In small letters without accents."""
