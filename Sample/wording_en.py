"""What people write in English. Words in braces are filled in by wording.py."""

TASKS = {
    "sales": [
        "Prepare the renewal offer for {contact}", "Quote {n} × {product} for {site}",
        "Follow up quote {quote} with {contact}", "Agree {year} volumes with {contact}",
        "Negotiate the frame contract: {clause}", "Present the {product} to {contact}",
        "Find out who decides on {family} at {site}", "Call {contact} about the drop in orders of {family}",
        "Compare prices of {family} with {competitor}", "Answer the tender for {site}, lot {family}",
        "Book a tour of {site} with {contact}", "Update the forecast for {quarter}",
        "Ask {contact} for a reference letter", "Propose a consignment stock of {family} at {site}",
        "Send samples of the {product} to {contact}", "Win back {family} from {competitor}",
        "Introduce {colleague} to {contact}", "Clarify the budget for {site} with {contact}",
        "Turn the {product} trial at {site} into an order", "Collect requirements for the extension of {site}",
        "Offer {service} for {site}", "Agree a discount scale for {family}", "Check quotes older than {days} days",
        "Prepare the visit of {contact} to our factory", "Thank {contact} for order {order} and ask what comes next",
    ],
    "support": [
        "Replace the seal of the {pump} at {site}", "Find the cause of vibration on the {pump} at {site}",
        "Train {n} operators at {site} on the {product}", "Send the maintenance manual of the {product} to {contact}",
        "Plan the yearly inspection of {site}", "Answer ticket {ticket}: {pump} loses pressure",
        "Recalibrate the {sensor} at {site}", "Check spare parts at {site} before {month}",
        "Write the failure report for the {product} ({ticket})", "Visit {site}: noise when the {pump} starts",
        "Update the firmware of the {sensor} at {site}", "Close the open points of the last visit to {site}",
        "Prepare a loan pump while the {pump} is repaired", "Get the ATEX papers of the {product} for {contact}",
        "Document the settings of the {product} at {site}", "Call {contact} back about {ticket}",
        "Review recurring faults at {site} with {colleague}", "Agree response times for {site}",
        "Measure the energy use of the {pump} at {site}", "Check the dosing accuracy of the {doser} at {site}",
    ],
    "finance": [
        "Chase invoice {invoice}, {days} days overdue", "Review the credit limit after {quarter}",
        "Agree payment terms of {days} days with {contact}", "Issue the credit note for {order}",
        "Clear the price difference on invoice {invoice}", "Reconcile the balance with {contact}",
        "Work out the bonus for {year} volumes", "Send the tax certificate to {contact}",
        "Set up electronic invoices with {contact}", "Work out the margin of the offer for {family}",
        "Confirm new bank details with {contact} by phone",
        "Prepare the profitability sheet for the {quarter} review", "Invoice {service} at {site}",
        "Check the currency clause of the frame contract", "Split invoice {invoice} by plant",
    ],
    "logistics": [
        "Confirm the delivery date of {order}", "Book a truck to {site} for week {week}",
        "Prepare the customs papers for {order}", "Trace the missing pallet of {order}",
        "Shorten the lead time of {family} to {site}", "Set up kanban for {family} at {site}",
        "Arrange express delivery of the {product} to {site}", "Agree delivery windows with {site}",
        "Collect the returned {product} at {site}", "Check the packaging after the damage on {order}",
        "Plan safety stock of the {product} for {quarter}", "Split {order} into two deliveries",
        "Label {order} as {contact} asked", "Check the incoterms of {order}", "Count the consignment stock at {site}",
        "Find a carrier with a tail lift for {site}",
    ],
    "marketing": [
        "Invite {contact} to {event}", "Write the reference story about {site}",
        "Send the brochure on {family} to {contact}", "Prepare the visit of {contact} to our stand at {event}",
        "Plan a webinar on {family} for their engineers", "Ask {contact} to approve the quotation for the brochure",
        "Photograph the installation at {site}", "Thank {contact} for the review on {review_site}",
        "Ask {contact} for consent to the newsletter", "Translate the {product} datasheet for {contact}",
        "Prepare the loyalty offer for {family}", "Collect feedback on {event} from {contact}",
        "Print the line card for the visit to {site}", "Choose customers at {site} for the {year} survey",
    ],
}

RISK_TASKS = [
    "Win-back call to {contact}", "Ask {contact} why orders stopped in {month}",
    "Offer a review of open complaints to {contact}", "Check what {competitor} delivers to {site} now",
    "Get a meeting with the management before {month}", "Offer a free check of the {product} at {site}",
]

# For those who buy nothing: suppliers, banks, associations.
PARTNER_TASKS = {
    "sales": [
        "Renew the agreement with {contact} for {next_year}",
        "Agree with {contact} what each of us brings in {quarter}", "Prepare the yearly talk with {contact}",
        "Introduce {colleague} to {contact}", "Collect what {contact} knows of {competitor}",
    ],
    "support": [
        "Go through faults of delivered parts with {contact}", "Send test results of {month} to {contact}",
        "Visit {site} with {colleague}", "Agree on tests for {medium} with {contact}",
    ],
    "finance": [
        "Check invoice {invoice} against what was agreed", "Agree payment at {days} days with {contact}",
        "Reconcile the balance of {year} with {contact}", "Send figures of {quarter} to {contact}",
    ],
    "logistics": [
        "Agree delivery dates until {month} with {contact}", "Check what arrived from {site}",
        "Plan pallets and boxes with {contact}", "Ask {contact} for shorter lead times on {family}",
    ],
    "marketing": [
        "Plan the joint stand at {event} with {contact}", "Agree the press release with {contact}",
        "Invite {contact} to {event}", "Ask {contact} for their logo and consent",
    ],
}

DETAILS = {
    "sales": [
        "{contact} wants a firm price until the end of {quarter}.",
        "Their budget round is in {month}; after that nothing moves for half a year.",
        "{competitor} quoted {pct} % lower, without commissioning.",
        "Plan {n} pieces in the first year, twice that later.", "They ask for one price for all plants.",
        "Decision is with {contact} and the plant manager of {site}.",
        "Keep the margin above {pct} %; ask before you go below.",
        "Last price was agreed in {month}, with freight included.",
        "Mention {service}: their maintenance team is short of people.",
        "They liked the trial, but the flange did not fit.",
    ],
    "support": [
        "Serial number is on the photo in the ticket.", "Runs two shifts, so only before six or after ten.",
        "Medium is {medium}, {temp} °C.", "The same happened in {month}; see the report.",
        "Take two JS 43 seals and a bearing set.", "{contact} has the keys and the safety briefing.",
        "Pressure falls from 6 to {bar} bar within two hours.",
        "Operators changed last summer; nobody has had the training.", "Warranty ends in {month}.",
        "Send the report to {contact} and {colleague}.",
    ],
    "finance": [
        "{contact} says the goods receipt is missing.", "Amount in question: {amount}.",
        "Their system needs the order number on every line.", "Third reminder went out in {month}.",
        "Agreed terms are 30 days net; they pay after {days}.", "Ask {colleague} before you block deliveries.",
        "The old price list was used by mistake.", "Exchange rate of the order date applies.",
    ],
    "logistics": [
        "Pallets at most 1.20 m high; their ramp is low.", "Carrier says it left the hub on Tuesday.",
        "Deliver to gate 3, before noon.", "{n} pallets, {pct}0 kg.", "They can take half of it in week {week}.",
        "Certificate of origin goes with the driver.", "Customs asked for the tariff number of the {product}.",
        "Weekly milk run would do; talk to {colleague}.",
    ],
    "marketing": [
        "They agreed to be named, but want to read it first.", "Photos without people, please: works council.",
        "{contact} speaks on the second day.", "Budget is in {strategy}.",
        "Send it in paper; the mail gate drops attachments.", "Last newsletter was opened by {n} of their people.",
        "Ask {colleague} for the figures on energy saved.",
    ],
}

PROGRESS = [
    "Called, no answer; try again on Thursday.", "Draft is with {contact}.",
    "Waiting for the figures from {colleague}.", "Half done; the rest after their shutdown.",
    "Agreed in principle, details open.", "Visited {site}; photos are in the file.", "Sent on Monday, reminder set.",
    "{contact} is away until the end of the month.", "Parts ordered, arrive in week {week}.",
    "Price approved by {colleague}.", "Second appointment fixed.", "Checked with the factory: possible.",
]

BLOCKED = [
    "Waits for the purchase order of {contact}", "Part is out of stock until week {week}",
    "No access to {site} before the shutdown", "Their lawyer has not answered on {clause}", "Credit limit is used up",
    "Drawing of the flange is missing", "Customs keeps the goods", "Budget is not approved yet",
    "{contact} left; nobody has taken over",
]

EVIDENCE = {
    "sales": [
        "Mail of {contact}, {date}", "Order {order}", "Signed minutes of {date}", "Call with {contact}, {date}",
        "Quote {quote} accepted",
    ],
    "support": [
        "Service report SR-{number}", "Photo in the ticket {ticket}", "Call with {contact}, {date}",
        "Readings of {date}",
    ],
    "finance": ["Invoice {invoice}", "Bank statement {date}", "Mail of {contact}, {date}", "Entry {number}"],
    "logistics": [
        "Delivery note DN-{number}", "Carrier's confirmation, {date}", "Mail of {contact}, {date}",
        "Order {order} delivered",
    ],
    "marketing": [
        "Mail of {contact}, {date}", "Published on {date}", "Registration of {date}", "Proof approved by {contact}",
    ],
}

CANCELLED = [
    "Done by {colleague} under another task.", "{contact} does not want it any more.", "Overtaken by order {order}.",
    "Project at {site} was stopped.",
]

# Title, department, metric, unit, baseline from and to, gain from and to (below zero: less is better).
OBJECTIVES = [
    ("Raise our share of {family}", "sales", "share of wallet", "%", 10, 35, 8, 20),
    ("Sell {family} to {site}", "sales", "orders a quarter", "orders", 0, 3, 4, 9),
    ("Cut late deliveries to {site}", "logistics", "late deliveries a quarter", "deliveries", 6, 14, -11, -4),
    ("Answer requests from {site} faster", "support", "time to first answer", "hours", 9, 30, -24, -6),
    ("Fewer unplanned stops at {site}", "support", "unplanned stops a quarter", "stops", 4, 9, -7, -3),
    ("Get paid on time", "finance", "days until payment", "days", 44, 70, -32, -12),
    ("Better margin on {family}", "finance", "margin", "%", 18, 30, 3, 8),
    ("Train their operators", "support", "operators trained", "people", 0, 4, 8, 24),
    ("Be recommended", "marketing", "NPS of the account", "points", -10, 20, 15, 40),
    ("Become visible to their engineers", "marketing", "participants in webinars", "people", 0, 3, 8, 20),
    ("Meet all who decide", "sales", "contacts met in the quarter", "contacts", 1, 3, 3, 5),
    ("Move small orders to the webshop", "logistics", "orders through the webshop", "%", 5, 20, 30, 50),
]

PLAN_TITLES = {
    "acquire": ["First order from {name}", "Open the door at {name}", "From trial to supplier at {name}"],
    "expand": ["Grow with {name}", "{name}: second family at every plant", "More of {family} at {name}"],
    "retain": ["Keep {name}", "Win back trust at {name}", "{name}: make service right"],
    "partnership": ["{name}: partners until {next_year}", "Develop together with {name}"],
}

VISIONS = {
    "acquire": "A first order in {quarter}, and a fair trial of the {product} at {site}.",
    "expand": "We deliver {family} to all their plants, and {contact} calls us before asking {competitor}.",
    "retain": "Complaints are answered within a day, and nobody at {site} thinks about {competitor} any more.",
    "partnership": "One team for both companies: shared forecasts, stock at {site}, and a joint project every year.",
}

# What is expected of a department, how one sees that it is met.
EXPECTATIONS = {
    "sales": [
        ("One contact person who knows the plants", "Named, with a deputy"),
        ("Offers within three working days", "9 of 10 in time"), ("A visit every quarter", "Four visits a year"),
    ],
    "support": [
        ("An answer within four hours", "95 % of requests"),
        ("A technician on site within two days", "9 of 10 call-outs"),
        ("Training for new operators twice a year", "Two dates a year"),
    ],
    "finance": [
        ("Invoices without errors", "Less than 1 % returned"), ("Credit notes within a week", "All of them"),
        ("One statement a month, per plant", "By the fifth"),
    ],
    "logistics": [
        ("Deliveries on the agreed day", "98 % in time"), ("Spare parts within 48 hours", "For the 40 listed parts"),
        ("A call before a delay, not after", "Every time"),
    ],
    "marketing": [
        ("No mailing without consent", "Not one"), ("Case study about {site} published", "In the year"),
        ("Invitations two months ahead", "Every event"),
    ],
}

EXPECTATION_NOTES = {
    "met": ["Better since {month}.", "{contact} confirmed it in the review.", "Kept in every month but one."],
    "missed": [
        "Missed twice in {quarter}.", "{contact} named it in the review.",
        "Nobody felt responsible; to be set up again.",
    ],
    "open": ["To be measured from {month}.", "First figures come with {quarter}.", "Agreed with {contact}."],
    "dropped": ["{contact} no longer asks for it."],
}

# Name, what it is to bring.
PROJECTS = [
    ("Retrofit of the pumping station at {site}", "30 % less energy; no stop longer than a shift."),
    ("New cleaning line at {site}", "Ready before the season; operators trained before start-up."),
    ("Condition monitoring for {site}", "Alarms reach maintenance by themselves; one unplanned stop less a quarter."),
    ("Consignment stock at {site}", "Parts on site, invoiced when taken; stock counted every month."),
    ("Standard for {family} in all plants", "One type list instead of four; half the spare parts."),
    ("Electronic ordering with {name}", "Orders and confirmations without typing from {month}."),
]

SWOT = {
    "strength": [
        "We know every pump at {site}", "{contact} trusts {colleague}", "Spare parts within 48 hours",
        "Only supplier with certificates for {medium}", "Our {product} is their standard",
        "Joint stock at {site} works",
    ],
    "weakness": [
        "No contact above {contact}", "Two late deliveries in {quarter}", "Prices {pct} % above {competitor}",
        "Answers took too long in {month}", "Nobody of us speaks to their engineers",
        "Old {family} without service contract",
    ],
    "opportunity": [
        "Extension of {site} next year", "Energy target of the group: −20 %", "{competitor} closes its service point",
        "New environmental limits from {month}", "Their maintenance is short of people",
        "Sister plant buys {family} elsewhere",
    ],
    "threat": [
        "{competitor} offers five years of warranty", "Group purchasing wants two suppliers at most",
        "Plant in question if energy stays dear", "{contact} retires next year",
        "Copies of our spare parts at half the price", "Payment gets slower",
    ],
}

SWOT_EVIDENCE = [
    "Talk with {contact}, {date}", "Survey of {year}", "Delivery statistics {quarter}", "Offer seen at {site}",
    "Annual report {year}",
]

OPPORTUNITIES = [
    "{family} for the extension of {site}", "{n} × {product} for {site}", "{service} for all plants",
    "Replacement of {competitor} at {site}", "Frame contract {next_year}", "Monitoring for {n} pumps at {site}",
    "Retrofit with {sensor} at {site}",
]

OBSERVATIONS = {
    "behaviour": [
        "Asks {competitor} for a price before every larger order", "Orders when stock is down to a week",
        "Decides in the meeting of plant managers, first Monday of the month",
        "Reads datasheets closely and finds the errors", "Compares lead times, not prices, when a line stands still",
    ],
    "habit": [
        "Buys spare parts in {month}, before the shutdown", "Calls on Friday afternoon",
        "Pays on the tenth of the month", "Combines orders to save freight",
    ],
    "preference": [
        "Prefers calls to mail", "Wants drawings in 3D", "Likes to test before buying",
        "Wants the same technician every time", "Prefers stainless even where cast iron would do",
    ],
    "need": [
        "Needs certificates for {medium}", "Needs service at night, three shifts",
        "Looks for a way to use less water", "Needs stock near {site}", "Needs somebody who trains new operators",
    ],
    "expectation": [
        "Expects an answer on the same day", "Expects to hear of price changes three months ahead",
        "Expects us to know their safety rules", "Expects proposals, not only quotes",
    ],
}

OBSERVATION_SOURCES = [
    "Visit to {site}", "Talk with {contact}", "Orders of {year}", "Survey {year}", "Trade press",
    "Service report SR-{number}",
]

INTERVIEWS = {
    "title": [
        "Needs and plans {year}: {contact}", "Talk with {contact} about {next_year}", "What {site} needs: {contact}",
    ],
    "lost": ["Why we lost {family}: {contact}", "After the lost order: {contact}"],
    "answers": [
        "Plans to replace {n} pumps at {site} within two years.",
        "Budget is decided in {month} by the plant manager.",
        "Maintenance spends most time on seals and on {medium}.",
        "Satisfied with products, less with delivery dates.", "Would like one monthly call with support.",
        "{competitor} visits them every quarter.", "Wants to monitor {family} from the control room.",
        "Price matters less than an answer on the day.",
    ],
    "insights": [
        "Talk about {service} before the budget round.", "Bring {colleague} to the next visit.",
        "An offer with a guaranteed lead time wins here.", "Risk: all knowledge of the plant is with {contact}.",
        "Chance for {family} if the trial starts by {month}.",
    ],
}

CAMPAIGNS = {"nps": "NPS {year}", "csat": "After service, {quarter}", "ces": "Ease of ordering {year}"}

POPULATION = {
    "nps": "All contacts who agreed to be asked",
    "csat": "Who had a request in the quarter",
    "ces": "Purchasing and maintenance",
}

REMARKS = {
    "good": [
        "Fast help when the line stood still.", "{colleague} knows our plant.", "Parts arrive when they should.",
        "Good products, honest advice.", "The training was worth the day.", "We get an answer the same day.",
    ],
    "fair": [
        "Good pumps, but delivery dates move.", "Fine, though prices went up again.",
        "Support is good, invoices less so.", "Webshop could be simpler.", "",
    ],
    "bad": [
        "Waited {n} days for an answer.", "Third repair of the same {product}.",
        "Nobody told us that the delivery would be late.", "Wrong parts twice this year.",
        "We are looking at {competitor}.", "Invoices do not match the orders.",
    ],
}

ANSWERS = {
    "good": "Would order again: yes\nOn time: yes",
    "fair": "Would order again: perhaps\nOn time: mostly",
    "bad": "Would order again: no\nOn time: no",
}

REVIEWS = {
    "good": [
        "Reliable pumps and a service team that comes when it says it does.",
        "We changed all dosing to their pumps and never looked back.", "Spare parts in two days, as promised.",
        "Honest advice: they sold us the smaller pump.", "Technician on site the next morning. Thank you.",
        "Easy to order from, and somebody answers the phone.",
    ],
    "fair": [
        "Good equipment; you need patience with delivery dates.", "Solid, not cheap.",
        "Pumps very good, invoices less so.", "Training was useful, though short.",
        "Works well; the manual could be clearer.",
    ],
    "bad": [
        "Two weeks for a seal. The pump is good, the service is not.",
        "Had to call four times before somebody answered.", "Delivery late, and nobody said so.",
        "Repair did not hold for a month.", "Good sales talk, little after that.",
    ],
}

# Subject, department that answers.
REQUESTS = {
    "technical": [
        ("{pump} loses pressure after two hours", "support"), ("{pump} leaks at the shaft seal", "support"),
        ("{sensor} shows wrong values since {month}", "support"), ("Alarm {n} on the {sensor} at {site}", "support"),
        ("{pump} does not start after the power cut", "support"),
        ("Vibration of the {pump} above the limit", "support"), ("Dosing drifts on the {doser} at {site}", "support"),
        ("{pump} draws too much current", "support"),
    ],
    "complaint": [
        ("{order} came {n} days late", "logistics"), ("Two pallets of {order} damaged", "logistics"),
        ("Invoice {invoice} shows the old price", "finance"), ("Wrong flange size in {order}", "logistics"),
        ("Nobody called back about the {product}", "support"), ("{product} failed again after the repair", "support"),
        ("Reminder for invoice {invoice}, which we have paid", "finance"),
    ],
    "information": [
        ("Datasheet and curves of the {product}", "sales"), ("Lead time for {n} × {product}", "logistics"),
        ("Is the {product} fit for {medium}?", "support"), ("Certificate of origin for {order}", "logistics"),
        ("Price of a repair kit for the {product}", "sales"), ("Where is {order}?", "logistics"),
        ("Copy of invoice {invoice}", "finance"), ("Dates of {event}", "marketing"),
    ],
    "guidance": [
        ("Which seal for {medium}?", "support"), ("How to size a pump for {medium}, {site}", "support"),
        ("Advice on the cleaning cycle of the {product}", "support"),
        ("Help with starting the {product} at {site}", "support"), ("Maintenance plan for {n} pumps", "support"),
    ],
    "other": [
        ("New delivery address for {site}", "logistics"), ("New contact for invoices", "finance"),
        ("Return of an unused {product}", "logistics"),
    ],
}

REQUEST_DETAILS = {
    True: [
        "Line stands still until it is solved.", "Photos and serial number attached.",
        "{contact} can be reached until four.", "Happened twice this week.", "Medium: {medium}, {temp} °C.",
        "They ask for a date, not for an apology.", "Running on the spare pump; that one is old too.",
        "Second time since {month}.",
    ],
    False: [
        "Not urgent, but needed before {month}.", "{contact} can be reached until four.",
        "For the file of their auditor.", "They compare with {competitor}.", "Medium: {medium}, {temp} °C.",
        "Please answer in writing.", "For the budget of {next_year}.",
    ],
}

EVENT_NOTES = {
    "responded": [
        "Called {contact}, asked for photos and the serial number.", "Confirmed by mail, date follows.",
        "Explained the next steps to {contact}.", "Sent the document that was asked for.",
        "Passed to the workshop; {contact} knows.",
    ],
    "resolved": [
        "Seal replaced, ran for an hour without a drop.", "New delivery arrived, {contact} confirmed.",
        "Parameter set back; values are right again.", "Credit note issued.", "Answered in full by mail.",
        "Loan pump installed, repair under way.", "Part exchanged under warranty.",
    ],
    "reopened": [
        "Leaks again after two days.", "{contact} says that the delivery was not complete.",
        "Alarm came back at night.",
    ],
    "closed": ["{contact} agreed to close it.", "No answer after two reminders; closed.", "All done."],
    "escalated": [
        "Line stands still: {colleague} informed.", "No part in stock; asked the factory.",
        "{contact} called the management.",
    ],
    "reclassified": ["Not a fault: wrong setting.", "Is a complaint about delivery, not about the pump."],
}

# What it is for, to whom, what is said.
COMMUNICATION = [
    ("Keep those who decide informed", "Management and purchasing",
     "What we did in the quarter, what comes, one figure on service."),
    ("Tell of price changes in time", "Purchasing", "Three months ahead, with the reason and what they can do."),
    ("Maintenance advice", "Maintenance and operators", "One page a month: a fault that is easy to avoid."),
    ("Invite to events", "Engineers", "Two months ahead, with a person to meet there."),
    ("Show savings", "Plant managers", "Energy and stops before and after, by plant."),
    ("Say thank you", "Everybody we worked with", "By hand, at the year's end."),
]

SENT_NOTES = [
    "Thanked us for the figures.", "Will pass it on to maintenance.", "Read, no questions.",
    "{contact} asked for a meeting.", "Forwarded to {site}.", "Bounced; address changed.", "Wants it in print.", "",
]

INTERACTIONS = {
    "meeting": [
        "Went through open orders and the {year} plan", "Walked through {site}: {n} pumps to replace within a year",
        "Discussed prices of {family}; {pct} % is what they hope for", "Quarterly review with {contact}",
        "Presented the {product}; maintenance liked it", "Complaint about {order} settled",
    ],
    "call": [
        "{contact} asked where {order} is", "Agreed on {n} × {product} for {month}",
        "Talked about the trial at {site}", "{contact} wants a price for {service}",
        "Heard that {competitor} was there last week", "Checked whether the repair held: it did",
        "No budget before {month}",
    ],
    "email": [
        "Sent quote {quote}", "Answered questions on the {product}", "Sent minutes and the list of open points",
        "Confirmed the date for {service}", "Asked for the forecast of {quarter}",
    ],
    "event": ["Met {contact} at {event}", "Lunch at {event}: extension of {site} is decided"],
    "portal": ["Drawings of the {product} uploaded for {contact}", "Tender papers for {site} downloaded"],
}

PARTNER_INTERACTIONS = [
    "Talked about volumes of {year} with {contact}", "{contact} sent prices for {next_year}",
    "Went through open points with {contact}", "Met {contact} at {event}",
    "{contact} asked for our plans until {month}", "Agreed what to do together in {quarter}",
]

LATE_INTERACTIONS = [
    "{contact} says that they wait for orders themselves", "Tried to reach {contact} three times",
    "Heard that {competitor} delivers {family} now", "{contact} is polite, but nothing is planned",
]

NEXT_STEPS = [
    "Send the offer by Friday", "Call again in two weeks", "Bring {colleague} to {site}", "Ask logistics for a date",
    "Send samples", "Fix a date for the trial", "Check the credit limit", "Prepare figures on energy",
    "Invite to {event}",
]

REVIEW_TITLE = "Business review {quarter}"

AGENDA = "Orders and deliveries\nOpen requests and complaints\nState of the plan\nProjects at {site}\nWhat comes next"

MINUTES = {
    "good": [
        "Deliveries in time in all but one case.", "Requests answered within the day; {contact} thanks {colleague}.",
        "Trial at {site} goes on; decision in {month}.", "They want to talk about {service} for all plants.",
        "Volumes for {next_year} will rise by about {pct} %.",
    ],
    "bad": [
        "Three deliveries late; logistics explains the plan until {month}.",
        "Two complaints open for more than a month.", "{contact} asks for one person who answers.",
        "They will ask {competitor} for {family}.", "Volumes for {next_year} are not promised.",
    ],
    "any": [
        "Open points go to {colleague} by the end of the week.", "Next review after {month}.",
        "Price list {next_year} comes in {month}.",
    ],
}

RATIONALES = [
    "By orders of {year}", "{contact} said so in the review", "Estimate of {colleague}", "Survey {year}",
    "From their annual report",
]

SEGMENT_REASONS = {
    "Hygienic processes": [
        "Certificates asked for in every tender", "Cleans in place at {site}", "Seen on the visit to {site}",
    ],
    "Prefers the webshop": ["Orders of {year}: small and often", "{contact} asked for no more calls"],
    "Energy savers": ["Energy target in their report of {year}", "{contact} has a budget for it"],
    "Reference customers": ["Agreed by {contact}", "Visited by two others in {year}"],
}

# By the number of the kind that is spoken of.
COMMENTS = {
    42: [
        "Asked {contact} for a date; answer by Friday.", "Same thing as at their other plant, see there.",
        "{colleague} has the drawing.", "Price is fine, delivery is not.", "Tried twice, nobody there.",
        "Can wait until after the shutdown.", "{contact} asked about this again.", "I can take this from Thursday.",
        "Please wait for the price approval.", "Done on our side; over to logistics.", "Is this still needed?",
        "The part arrives in week {week}.", "Checked: the {product} is in stock.",
        "Moved, because {site} stands still until Monday.",
    ],
    49: [
        "{competitor} is in as well.", "Budget confirmed by {contact}.", "We should offer {service} with it.",
        "Price is at the limit.", "Trial ends in {month}.",
    ],
    56: [
        "Customer sent a video; the noise is clear.", "{contact} is content with the loan pump.",
        "We had this at {site} before.", "Same fault as in {month}?", "Customer is patient, but counts the days.",
        "Carrier confirms damage.", "Workshop needs two days.", "Credit note is on its way.",
    ],
    62: ["Please add the delivery figures.", "I will present the service part.", "Minutes went to {contact}."],
    41: [
        "Current value updated from the {quarter} figures.", "We are behind; let us talk on Monday.",
        "Good progress since {month}.",
    ],
}

COSTS = {
    "acquisition": [
        "Trial pump at {site}", "Visits before the first order", "Samples of {family}", "Stand visit at {event}",
    ],
    "retention": [
        "Yearly bonus", "Visit of the management", "Free inspection at {site}", "Operator training, free of charge",
        "Goodwill after {ticket}",
    ],
    "service": ["Call-outs at {site}", "Express freight for {order}", "Hours on {ticket}", "Loan pump for {site}"],
}

CONTRACT_TITLES = [
    "Frame contract {family}", "Frame contract {year}", "Maintenance contract for {site}",
    "Supply agreement, all plants",
]

PROFITABILITY_NOTES = [
    "After bonus and freight", "Without loan pumps", "Agreed with {colleague}", "Whole relation, service included",
]

CLAUSES = ["liability", "price revision", "delivery penalties", "notice period", "consignment stock", "currency"]

MEDIA = [
    "hot caustic", "whey", "wort", "abrasive slurry", "lime milk", "brine", "white water", "peracetic acid", "sludge",
    "glucose syrup",
]

EVENTS = [
    "Salon Eau & Procédés", "Customer day in Lyon", "Pump Forum Kassel", "Process Days Leeds", "Open house, Vernoux",
]

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

FAMILY_WORDS = {
    "Centrifugal pumps": "centrifugal pumps",
    "Dosing pumps": "dosing pumps",
    "Valves": "valves",
    "Seals and spare parts": "spare parts",
    "Filtration": "filtration",
    "Sensors and control": "sensors and control",
    "Services": "services",
}

SERVICE_WORDS = {
    "S-MEX": "a yearly maintenance contract",
    "S-MES": "commissioning",
    "S-FOR": "operator training",
    "S-AUD": "an efficiency audit",
    "S-REP": "workshop repair",
    "S-LOC": "a loan pump",
    "S-DEP": "field service",
    "S-SUR": "remote monitoring",
}
