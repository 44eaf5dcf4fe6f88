//! What the articles of the generated repository are made of; `<hole>` is filled in by [`super::fill`].

/// A defect and the lint that must find it.
pub struct Defect {
    pub lint: &'static str,
    pub words: &'static str,
    /// Whether it is a heading under which nothing stands.
    pub is_heading: bool,
    /// Whether plain text can show it.
    pub in_text: bool,
}

const fn said(lint: &'static str, words: &'static str) -> Defect {
    Defect { lint, words, is_heading: false, in_text: true }
}

pub const DEFECTS: &[Defect] = &[
    said("overclaim/cure-word", "Here is the good news: <thing> cures <trouble> for good."),
    said("overclaim/cure-word", "My neighbour in <place> calls it a miracle cure for <trouble>."),
    said("provenance/ai-residue", "As an AI language model, I cannot taste <food>, but many readers like it."),
    said("provenance/ai-residue", "Certainly! Here is the section on <thing> that you asked for."),
    said("structure/placeholder", "TODO: ask <person> for a picture of the <food>."),
    said("structure/placeholder", "Lorem ipsum dolor sit amet, consectetur adipiscing elit."),
    said("structure/mojibake", "Itâ€™s the <food> that people forget, and thatâ€™s a pity."),
    said("overclaim/unhedged-benefit", "Studies have shown that <thing> lowers blood pressure by <few> points."),
    said("provenance/malformed-locator", "The trial is listed as doi:10.12/ab and can be read for free."),
    Defect { in_text: false, ..said("structure/empty-link", "The kitchen in <place> has [](https://kitchen.example/menu) the recipe.") },
    Defect { is_heading: true, in_text: false, ..said("structure/dangling-heading", "What <person> Would Do Next") },
];

pub const FOLDERS: &[&str] =
    &["content/food", "content/supplements", "content/conditions", "content/news", "content/old blog", "content/köche"];

pub const THINGS: &[&str] = &[
    "zinc",
    "magnesium",
    "turmeric",
    "ginger",
    "vitamin D",
    "fish oil",
    "green tea",
    "garlic",
    "melatonin",
    "iron",
    "ashwagandha",
    "collagen",
    "vitamin C",
    "peppermint oil",
    "cinnamon",
    "selenium",
    "vitamin B12",
    "apple cider vinegar",
    "psyllium",
    "honey",
];
pub const TROUBLES: &[&str] = &[
    "colds",
    "migraine",
    "knee pain",
    "poor sleep",
    "acne",
    "heartburn",
    "high blood pressure",
    "tired eyes",
    "hay fever",
    "muscle cramps",
    "anxiety",
    "dry skin",
    "constipation",
    "back pain",
    "type 2 diabetes",
];
pub const PEOPLE: &[&str] = &[
    "Nell Okafor",
    "Bram Visser",
    "Anaïs Roux",
    "Tom O'Dowd",
    "Ingrid Sæther",
    "Rashida Bello",
    "Pál Kis",
    "Joan Birch",
    "Devika Rao",
    "Marek Žák",
    "Lucía Ferrer",
    "Owen Pryce",
];
pub const FOODS: &[&str] = &[
    "lentils",
    "oysters",
    "pumpkin seeds",
    "sardines",
    "kale",
    "walnuts",
    "oat porridge",
    "black beans",
    "yoghurt",
    "eggs",
    "barley",
    "mushrooms",
    "red peppers",
    "spinach",
    "cashews",
    "rye bread",
    "tofu",
    "apricots",
];
pub const PLACES: &[&str] = &["Leeds", "Porto", "Ghent", "Malmö", "Cork", "Graz", "Tartu", "Dundee", "Bari", "Brno"];
pub const JOURNALS: &[&str] =
    &["Annals of Table Medicine", "Journal of Kitchen Nutrition", "Northern Diet Review", "Archives of Slow Food", "Sleep and Supper"];
pub const HOURS: &[&str] =
    &["at seven", "before noon", "after supper", "in the small hours", "once the children sleep", "on the train home"];
pub const BODY: &[&str] = &["gut", "skin", "liver", "heart", "bones", "eyes", "muscles", "nerves"];

pub const TITLES: &[&str] = &[
    "<Thing> and <trouble>: what we know",
    "Does <thing> help with <trouble>?",
    "<few> questions about <thing>",
    "A kitchen guide to <thing>",
    "<Trouble>, and where <thing> comes in",
    "What a dietitian in <place> says about <thing>",
    "<Thing>: the long read",
    "Living with <trouble>",
    "<few> ways to eat more <food>",
    "<Thing> after fifty",
];

pub const OPENINGS: &[&str] = &[
    "When <person> moved to <place>, the first thing to go was breakfast, and with it went most of the <food>.",
    "Few shelves in the pharmacy are as full as the one with <thing>, and few questions come to our desk as often.",
    "<Trouble> keeps <share> of every hundred adults from what they had planned, if you ask them in February.",
    "This page was first written in <year>, and some of what it said then has not aged well.",
    "There is a jar of <thing> in the cupboard of every second reader, most of them half full.",
    "We asked <many> readers what they do about <trouble>; the answers filled a box.",
    "You have read about <thing> on a packet, in a queue, <hours>, and you wondered.",
    "My grandmother in <place> had one answer to <trouble>, and it was a plate of <food>.",
];

pub const HEADINGS: &[&str] = &[
    "What is <thing>?",
    "Where it comes from",
    "How the <body> uses it",
    "<Trouble> in a few words",
    "What trials have found",
    "How much is in <food>",
    "Who should be careful",
    "A word on labels",
    "In the kitchen",
    "What we still do not know",
    "How to store it",
    "When to see a doctor",
    "A reader writes",
    "What it costs",
    "A short history",
];

pub const SENTENCES: &[&str] = &[
    "In a trial of <many> adults in <place>, those who took <thing> slept about as long as those who took a dummy pill.",
    "The label says one thing and the laboratory in <place> another, which is why we ask for a certificate.",
    "<Thing> may ease <trouble> a little in some people, though the trials are small.",
    "A serving of <food> brings about <few> mg, more if you do not boil it to death.",
    "<person> keeps a notebook of meals, and has done since <year>.",
    "Nobody needs a tablet who eats <food> <few> times a week.",
    "Talk to your doctor before you take <thing> if you are pregnant or take any medicine.",
    "The <body> takes what it needs from food within hours and lets the rest go.",
    "Soak the <food> overnight, rinse twice, and cook it until a fork goes through.",
    "A review in the <journal> (<year>) put <few> trials together and found no clear difference.",
    "Most of the people who were asked had never heard of it before <year>.",
    "It is not known whether the effect lasts longer than <few> months.",
    "<Trouble> has many causes, and what you eat is only one of them.",
    "The powder tastes of chalk; stir it into yoghurt and you will not notice.",
    "Researchers in <place> followed <many> nurses for <few> years and counted their days off work.",
    "People with kidney disease should ask before they take <thing>, since the kidneys get rid of what is too much.",
    "A cup of <food> costs less than a tin of <food>, and keeps for a year in a dry cupboard.",
    "<Thing> can cause loose stools when you take a lot of it at once.",
    "Sales have doubled since <year>, says the owner of a shop near the station in <place>.",
    "In <year> the price went up by <share>%, and has not come down since.",
    "What helps one person with <trouble> does nothing for the next.",
    "<Trouble> that lasts longer than <few> weeks needs a doctor, not a blog.",
    "The study had no control group, so it cannot tell what would have happened anyway.",
    "Wash your hands, open a window, and go to bed <hours>: dull, free, and hard to beat.",
    "She eats <food> <hours>, with a slice of rye bread and a little salt.",
    "Light, warmth and time spoil it, so buy the small packet.",
    "<Thing> is found in <food>, <food> and, in smaller amounts, in tap water.",
    "Some of it is lost in the mill, which is why white flour holds so little.",
    "The body makes none of it, so all of it has to come from the plate.",
    "We paid for the <food> ourselves, and ate all of it.",
    "An editor at the <journal> told us that a second trial is under way in <place>.",
    "Children need less than adults, and the spoon should be smaller, too.",
    "If you cannot stand <food>, there is nothing wrong with <food>.",
    "The word itself comes from a market in the old harbour of <place>.",
    "The dose in the trial was <few> times what a meal would give you.",
    "He stopped <hours> and never noticed a difference, for better or worse.",
    "Dr. <person>, who was not part of the study, called the result interesting but early.",
    "Your pharmacist can look up whether <thing> gets along with what you already take.",
    "About <share> of <many> people who were asked kept it up for a whole year.",
    "Cooks in <place> fry it, cooks in <place> would never.",
    "In winter the sun stands too low for the skin to make any vitamin D north of <place>.",
    "It was sold as a tonic for the <body> long before anybody measured anything.",
    "Keep it away from children and from the dog.",
    "The recipe serves four, or two who have been for a swim.",
    "The numbers come from a survey, and surveys forget a lot.",
    "Between <year> and today the advice has changed twice.",
    "A food diary shows more than any test that you can buy on the web.",
    "Those with <trouble> were no more likely to be short of it than their neighbours.",
    "<person> trained as a baker in <place> and came to nutrition late.",
    "More is not better: what the <body> cannot use, it has to get rid of.",
    "The trial was paid for by the maker of the capsules, as the authors say on page <few>.",
    "You will find the table at the end of this page more useful than any slogan.",
    "A tin of <food> from the corner shop does just as well as the organic kind.",
    "Sleep, work and the weather all change how <trouble> feels from one day to the next.",
    "The capsules are made from fish, so they are nothing for vegans.",
    "Frozen <food> has as much of it as fresh, and less of it goes to waste.",
    "We looked at <few> brands; none held exactly what the label promised.",
    "Ask for the leaflet: it is free, printed in <place>, and has large letters.",
    "<many> people were asked by telephone, and <share>% of them hung up.",
    "A warm bath <hours> has no side effects to speak of.",
    "There is no need to cut out <food> because of <trouble>, unless it makes you feel worse.",
    "Tea and coffee with a meal make it harder for the <body> to take up iron.",
    "The first printed recipe stands in a book for ships' cooks.",
    "Nobody has compared it with a walk around the block, which would be cheaper.",
    "Vegetables lose some of it in the pan; drink the water and you get it back.",
    "If a page promises that <trouble> will be gone by Monday, close the page.",
    "The effect, if there is one, was smaller than the difference between two weighings.",
    "In <place> you can buy it by the sack, which nobody needs.",
    "Blood tests are worth it only when a doctor has a reason to look.",
];

pub const LEADS: &[&str] = &[
    "Good sources are:",
    "What you can do yourself:",
    "Before you buy, look at three things:",
    "Our readers' favourites:",
    "See a doctor if:",
];

pub const ITEMS: &[&str] = &[
    "<food>, best from the market in <place>",
    "a handful of <food> a day",
    "the date on the packet",
    "a dose that is written in mg",
    "a rest <hours>",
    "<trouble> comes back within <few> days",
    "more than <few> glasses of water",
    "<food> with lemon",
    "no sugar added",
    "the pain wakes you at night",
    "an address that you could write to",
    "a walk with <person>",
];

pub const QUESTIONS: &[&str] =
    &["Can I take too much?", "Is <food> as good?", "What about children?", "Does it go with coffee?", "How long until I notice?"];

pub const QUOTES: &[&str] = &[
    "\"I had given up on <food>,\" says <person>, 54, from <place>.",
    "\"Nobody told me that <trouble> could be this dull,\" <person> wrote to us in <year>.",
    "\"We measure, and then we measure again,\" says <person>, who runs the laboratory in <place>.",
];

pub const REFERENCES: &[&str] = &[
    "<person> et al. Meals and minerals in <place>. <journal> <year>; <few>: <share>-<many>.",
    "<person>, <person>. A survey of <many> kitchens. [<journal>](https://journal.example/<year>/<many>) <year>.",
    "<journal>. What is known about <food>: a review. <year>.",
    "<person>. Letters on <trouble>. <place>: Harbour Press; <year>.",
];

pub const FOOTERS: &[&str] = &[
    "This page is no substitute for the advice of a doctor who knows you.",
    "Found a mistake? Write to the desk in <place>; we read every letter.",
    "Last looked over by <person> in <year>.",
];

pub const CHROME: &[&str] = &["© The Copper Pot", "Share this page | Print", "Newsletter | Imprint | Contact", "You may also like"];
