/**
 * The long list: hosts and the institutions on them, most tenants first. Public facts, merged and cleaned by hand and
 * machine; correct a row where you know better, and say in `strength` and `seen` how and when (see ../listing.ts).
 */

import type { ListedHost } from '../listing.js';

export const LISTING: readonly ListedHost[] = [
  {
    host: 'ofx.lanxtra.com',
    url: 'https://ofx.lanxtra.com/ofx/servlet/Teller',
    institutions: [
      { id: '1st-national-bank-of-south-florida', name: '1st National Bank Of South Florida', org: 'HFS-Cavion', fid: '18246', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'abco-federal-credit-union', name: 'ABCO Federal Credit Union', org: 'Cavion', fid: '57147', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'air-academy-fcu', name: 'Air Academy FCU', org: 'CAVION', fid: '923', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'alarion-bank', name: 'Alarion Bank', org: 'Alarion Bank', fid: '12129', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'american-community-bank-of-in', name: 'American Community Bank of IN', org: 'Cavion', fid: '24210', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'arkansas-best-fcu', name: 'Arkansas Best FCU', org: 'Cavion', fid: '4464', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'arthur-state-bank', name: 'Arthur State Bank', org: 'Cavion', fid: '053201034', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'atomic-credit-union', name: 'Atomic Credit Union', org: 'Cavion', fid: '59379', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'bank-of-akron', name: 'Bank of Akron', org: 'Cavion', fid: '52698', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bank-ofcanaan', name: 'Bank OfCanaan', org: 'Cavion', fid: '50298', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'beacon-federal-credit-union', name: 'Beacon Federal Credit Union', org: 'CAVION', fid: '12309', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'broward-bank-of-commerce', name: 'Broward Bank of Commerce', org: 'Cavion', fid: '18330', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'brunswick-bank-trust', name: 'Brunswick Bank and Trust', org: 'Cavion', fid: '57591', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bulldog-federal-credit-union', name: 'Bulldog Federal Credit Union', org: 'Cavion', fid: '255077516', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'c-plant-fcu', name: 'C-Plant FCU', org: 'Cavion', fid: '22086', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'cache-valley-bank', name: 'Cache Valley Bank', org: 'Cavion', fid: '124302325', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'cahp-credit-union', name: 'CAHP Credit Union', org: 'Cavion', fid: '1914', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'capital-credit-union', name: 'Capital Credit Union', org: 'Capital Credit Union', fid: '17760', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'capitol-view-cu', name: 'Capitol View CU', org: 'Cavion', fid: '39801', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'castle-rock-bank', name: 'Castle Rock Bank', org: 'Cavion', fid: '091913148', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'cedar-falls-community-cu', name: 'Cedar Falls Community CU', org: 'Harland', fid: '22071', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'citizens-alliance-bank', name: 'Citizens Alliance Bank', org: 'Cavion', fid: '19653', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'citizens-federal-credit-union', name: 'Citizens Federal Credit Union', org: 'Cavion', fid: '55989', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'citizens-savings-bank', name: 'Citizens Savings Bank', org: 'Cavion', fid: '56979', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'citizens-state-bank-la-crosse', name: 'Citizens State Bank - La Crosse', org: 'Cavion', fid: '53211', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'citizens-state-bank-norwood-youn', name: 'Citizens State Bank Norwood Youn', org: 'Cavion', fid: '27897', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'citizens-state-bank-of-lankin', name: 'Citizens State Bank of Lankin', org: 'Cavion', fid: '35760', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'clarke-county-state-bank', name: 'Clarke County State Bank', org: 'HFS-Cavion', fid: '19071', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'coconut-grove-bank-fl-62373', name: 'Coconut Grove Bank FL', org: 'Cavion', fid: '62373', strength: 'listed', seen: '2015-02' },
      { id: 'colonial-cooperative-bank', name: 'Colonial Cooperative Bank', org: 'HFS-Cavion', fid: '50124', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'commencement-bank', name: 'Commencement Bank', org: 'Cavion/Phoenix', fid: '125108887', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'commerce-natl-bank-trust-of-fl', name: 'Commerce Natl Bank and Trust of FL', org: 'HFS-Phoenix', fid: '17793', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'commonwealth-bank-trust', name: 'Commonwealth Bank and Trust', org: 'HFS-Cavion', fid: '11637', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'communication-fcu', name: 'Communication FCU', org: 'Cavion', fid: '1197', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'community-bank-of-broward', name: 'Community Bank of Broward', org: 'London Bridge Phoenix Software', fid: '10305', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'community-bank-of-the-south-fl', name: 'Community Bank of the South FL', org: 'Cavion', fid: '50754', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'community-bank-trust-of-florida', name: 'Community Bank and Trust of Florida', org: 'HFS-Cavion', fid: '10338', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'community-choice-credit-union', name: 'Community Choice Credit Union', org: 'Cavion', fid: '4151', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'community-state-bank-shelbina', name: 'Community State Bank - Shelbina', org: 'Cavion', fid: '54138', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'consumers-credit-union', name: 'Consumers Credit Union', org: 'Consumers Credit Union', fid: '12541', strength: 'answered', seen: '2012-10' },
      { id: 'country-bank-arizona', name: 'Country Bank Arizona', org: 'Cavion', fid: '12093', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'country-bank-for-savings', name: 'Country Bank for Savings', org: 'Cavion', fid: '211870980', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'dakota-plains-cu', name: 'Dakota Plains CU', org: 'Cavion', fid: '40554', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'dakota-west-credit-union', name: 'Dakota West Credit Union', org: 'Cavion', fid: '50856', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'dakota-western-bank', name: 'Dakota Western Bank', org: 'Cavion', fid: '13524', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'dawson-co-op-cu', name: 'Dawson Co-op CU', org: 'Cavion', fid: '22089', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'devon-bank', name: 'Devon Bank', org: 'Cavion', fid: '10263', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'dupont-goodrich-fcu', name: 'DuPont Goodrich FCU', org: 'Cavion', fid: '51036', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'eastwood-bank', name: 'Eastwood Bank', org: 'Eastwood Bank', fid: '825', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'empire-state-bank', name: 'Empire State Bank', org: 'Cavion', fid: '64032', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'energcomm-fcu', name: 'EnerGComm FCU', org: 'Cavion', fid: '24480', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'equitable-bank-nebraska', name: 'Equitable Bank, Nebraska', org: 'Cavion', fid: '19971', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'eweb-employees-fcu', name: 'EWEB Employees FCU', org: 'Cavion', fid: '64272', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'farmers-state-bank', name: 'Farmers State Bank', org: 'HFS-Phoenix', fid: '11053', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'fibre-federal-credit-union', name: 'Fibre Federal Credit Union', org: 'Cavion', fid: '11108', strength: 'listed', seen: '2015-02' },
      { id: 'fidelis-catholic-fcu', name: 'Fidelis Catholic FCU', org: 'Cavion', fid: '63468', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'fidelity-bank-trust', name: 'Fidelity Bank and Trust', org: 'Cavion', fid: '53823', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'financial-security-bank', name: 'Financial Security Bank', org: 'Cavion', fid: '57306', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-bank', name: 'First Bank', org: 'Cavion', fid: '18702', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-community-bank-san-benito', name: 'First Community Bank-San Benito', org: 'First Community Bank-San Benito', fid: '5133', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-illinois-cu', name: 'First Illinois CU', org: 'Cavion', fid: '53409', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-national-bank-chisholm', name: 'First National Bank Chisholm', org: 'Cavion', fid: '53451', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-national-bank-of-moose-lake', name: 'First National Bank of Moose Lake', org: 'CAVION', fid: '50694', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'first-national-bank-of-pasco', name: 'First National Bank of Pasco', org: 'Cavion', fid: '13017', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-state-bank-buxton', name: 'First State Bank Buxton', org: 'Cavion', fid: '18765', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-state-bank-lynnville', name: 'First State Bank - Lynnville', org: 'Cavion', fid: '52527', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-state-bank-warner', name: 'First State Bank Warner', org: 'Cavion', fid: '28446', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'florida-west-coast-cu', name: 'Florida West Coast CU', org: 'Cavion', fid: '50802', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'fortress', name: 'Fortress', org: 'Cavion', fid: '35211', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'freedom-community-credit-union', name: 'Freedom Community Credit Union', org: 'Cavion', fid: '46449', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'fulda-area-cufulda-mn', name: 'Fulda Area CUFulda, MN', org: 'Cavion', fid: '46758', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'girard-national-bank', name: 'Girard National Bank', org: 'HFS-Cavion', fid: '18291', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'granite-community-bank', name: 'Granite Community Bank', org: 'Cavion', fid: '59142', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'greater-cincinnati-credit-union', name: 'Greater Cincinnati Credit Union', org: 'Cavion', fid: '1922', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'greater-texas-fcu', name: 'Greater Texas FCU', org: 'Greater Texas FCU', fid: '12867', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'greeneville-federal-bank', name: 'Greeneville Federal Bank', org: 'Cavion', fid: '35880', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'greylock-federal-credit-union', name: 'Greylock Federal Credit Union', org: 'Cavion', fid: '10782', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'gulf-coast-educators-fcu-tx', name: 'Gulf Coast Educators FCU TX', org: 'Cavion', fid: '1924', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'gulf-credit-union', name: 'Gulf Credit Union', org: 'Cavion', fid: '50292', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'hawaii-national-bank', name: 'Hawaii National Bank', org: 'Cavion', fid: '20451', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'health-care-credit-union-ut', name: 'Health Care Credit Union-UT', org: 'Health Care Credit Union', fid: '55869', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'healthnet-fcu', name: 'HealthNet FCU', org: 'Cavion', fid: '22065', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'heritage-bank-ky', name: 'Heritage Bank KY', org: 'Cavion', fid: '56691', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'heritage-group', name: 'Heritage Group', org: 'Cavion', fid: '62295', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'hew-fcu', name: 'HEW FCU', org: 'Cavion', fid: '22401', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'homebanc-na', name: 'HomeBanc N.A.', org: 'Harland - Cavion', fid: '49533', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'hometown-cu', name: 'Hometown CU', org: 'Cavion', fid: '46473', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'hopewell-valley-community-bank', name: 'Hopewell Valley Community Bank', org: 'Cavion', fid: '54222', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'horizon-financial-bank', name: 'Horizon Financial Bank', org: 'Cavion', fid: '51576', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'hughes-federal-credit-union', name: 'Hughes Federal Credit Union', org: 'Cavion', fid: '1951', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'island-federal-credit-union', name: 'Island Federal Credit Union', org: 'Cavion', fid: '221475896', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'kaw-valley-state-bank-trust', name: 'Kaw Valley State Bank and Trust', org: 'Cavion', fid: '101111380', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'keys-federal-cu', name: 'Keys Federal CU', org: 'Cavion', fid: '63540', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'langley-fcu', name: 'Langley FCU', org: 'Cavion', fid: '16179', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'lea-county-state-bank', name: 'Lea County State Bank', org: 'Lea County State Bank', fid: '1498', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'lee-county-bank-trust-na', name: 'Lee County Bank and Trust, N.A', org: 'Cavion', fid: '18093', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'louisiana-usa-fcu', name: 'Louisiana USA FCU', org: 'Cavion', fid: '12264', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'manufacturers-bank-trust', name: 'Manufacturers Bank and Trust', org: 'HFS -Cavion', fid: '16307', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mercy-city-lehigh-familymason-c', name: 'Mercy-City-Lehigh FamilyMason C', org: 'Cavion', fid: '46380', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mid-oregon-federal-credit-union', name: 'Mid Oregon Federal Credit Union', org: 'Cavion', fid: '1180', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mile-high-federal-cu', name: 'Mile High Federal CU', org: 'Cavion', fid: '46383', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'minnesota-valley-fcu', name: 'Minnesota Valley FCU', org: 'Cavion', fid: '3444', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mt-washington-savings-bank', name: 'Mt. Washington Savings Bank', org: 'Cavion', fid: '57123', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'northwest-community-cu', name: 'Northwest Community CU', org: 'Cavion', fid: '1948', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'nutmeg-state-fcu', name: 'Nutmeg State FCU', org: 'Nutmeg State FCU', fid: '18123', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'ohio-healthcare-fcu', name: 'Ohio Healthcare FCU', org: 'Cavion', fid: '13047', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'olmsted-national-bank', name: 'Olmsted National Bank', org: 'Cavion', fid: '29766', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'oregon-community-bank-trust', name: 'Oregon Community Bank and Trust', org: 'Cavion', fid: '23595', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'otter-tail-cu', name: 'Otter Tail CU', org: 'Cavion', fid: '57459', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'pacific-crest-savings-bank', name: 'Pacific Crest Savings Bank', org: 'Cavion', fid: '57954', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'partners-1st-federal-credit-union', name: 'Partners 1st Federal Credit Union', org: 'Cavion', fid: '50688', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'peoples-credit-union', name: 'Peoples Credit Union', org: 'Cavion', fid: '57450', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'pigeon-falls-state-bank', name: 'Pigeon Falls State Bank', org: 'Cavion', fid: '59460', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'pineland-state-bank', name: 'Pineland State Bank', org: 'Cavion', fid: '64584', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'prairie-federal-cu', name: 'Prairie Federal CU', org: 'Prairie Federal CU', fid: '4574', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'reunion-bank-of-florida', name: 'Reunion Bank of Florida', org: 'HFS-Phoenix', fid: '17829', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'richfieldbloomington-credit-union', name: 'RichfieldBloomington Credit Union', org: 'Cavion', fid: '11814', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'richland-fcu', name: 'Richland FCU', org: 'Cavion', fid: '24042', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'ruby-valley-national-bank', name: 'Ruby Valley National Bank', org: 'Cavion', fid: '69', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'rumson-fair-haven-bank', name: 'Rumson-Fair Haven Bank', org: 'Cavion', fid: '2400', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'security-state-bank-marine', name: 'Security State Bank - Marine', org: 'Cavion', fid: '54186', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'security-state-bank-of-lewiston', name: 'Security State Bank of Lewiston', org: 'Cavion', fid: '24327', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'senath-state-bank-senath-mo', name: 'Senath State Bank Senath, MO', org: 'Cavion', fid: '35796', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'share-advantage-cu', name: 'Share Advantage CU', org: 'Cavion', fid: '46464', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'smw-104-fcu-san-leandro-ca', name: 'SMW 104 FCU San Leandro, CA', org: 'Cavion', fid: '45822', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'smw-federal-credit-union', name: 'SMW Federal Credit Union', org: 'Cavion', fid: '57564', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'southwest-capital-bank', name: 'Southwest Capital Bank', org: 'Cavion', fid: '54150', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'spokane-city-credit-union', name: 'Spokane City Credit Union', org: 'Cavion', fid: '62937', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'standard-register-fcu', name: 'Standard Register FCU', org: 'Cavion', fid: '1967', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'star-bank', name: 'Star Bank', org: 'Cavion', fid: '51600', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'star-choice-credit-union', name: 'Star Choice Credit Union', org: 'Cavion', fid: '6099', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'state-bank-of-blue-mound', name: 'State Bank of Blue Mound', org: 'Cavion', fid: '50733', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'suffolk-fcu', name: 'Suffolk FCU', org: 'Cavion', fid: '1964', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'telhio-credit-union', name: 'Telhio Credit Union', org: 'Telhio Credit Union', fid: '50175', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'the-first-farmers-bank', name: 'The First and Farmers Bank', org: 'Cavion', fid: '54276', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'the-first-national-bank-of-odon', name: 'The First National Bank of Odon', org: 'Cavion', fid: '35727', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'the-goose-river-bank', name: 'The Goose River Bank', org: 'Cavion', fid: '091301048', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'the-marion-center-bank', name: 'The Marion Center Bank', org: 'Cavion', fid: '14961', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'the-tipton-latham-bank-na', name: 'The Tipton Latham Bank N.A.', org: 'Cavion', fid: '56736', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'topline-federal-credit-union', name: 'TopLine Federal Credit Union', org: 'TopLine Federal Credit Union', fid: '11559', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'total-community-cu', name: 'Total Community CU', org: 'Cavion', fid: '53325', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'tradesmen-community-cu', name: 'Tradesmen Community CU', org: 'Cavion', fid: '46434', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'tri-county-area-fcu', name: 'Tri County Area FCU', org: 'Cavion', fid: '11437', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'two-harbors-fcu', name: 'Two harbors FCU', org: 'Two Harbors Federal Credit Union', fid: '50229', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'two-river-community-bank', name: 'Two River Community Bank', org: 'HFS Cavion', fid: '5091', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'ucf-fcu', name: 'UCF FCU', org: 'Cavion', fid: '45792', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'ukrainian-future-cu', name: 'Ukrainian Future CU', org: 'Cavion', fid: '53952', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'ukrainian-selfreliance-fcu', name: 'Ukrainian Selfreliance FCU', org: 'Cavion', fid: '57660', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'uni-cu-cedar-falls', name: 'UNI CU Cedar Falls', org: 'Cavion', fid: '46428', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'united-health-services-cu', name: 'United Health Services CU', org: 'United Health Services CU', fid: '10932', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'unity-one-credit-union', name: 'Unity One Credit Union', org: 'Cavion', fid: '63120', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'university-fcu', name: 'University FCU', org: 'Cavion', fid: '39276', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'valley-bank-trust', name: 'Valley Bank and Trust', org: 'Cavion', fid: '54084', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'victory-state-bank', name: 'Victory State Bank', org: 'Cavion', fid: '11063', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'webster-five-cents-savings-bank', name: 'Webster Five Cents Savings Bank', org: 'Cavion', fid: '11400', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'west-end-bank-sbrichmond-in', name: 'West End Bank, S.B.Richmond, In', org: 'Cavion', fid: '35847', strength: 'listed', seen: '2015-02' },
      { id: 'wilmington-savings-bank', name: 'Wilmington Savings Bank', org: 'Cavion', fid: '52737', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'winston-salem-fcu', name: 'Winston Salem FCU', org: 'Cavion', fid: '18006', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'wyo-central', name: 'Wyo Central', org: 'Cavion', fid: '4458', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'wyoming-community-bank', name: 'Wyoming Community Bank', org: 'Cavion', fid: '18018', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'yolo-federal-credit-union', name: 'Yolo Federal Credit Union', org: 'Cavion', fid: '11135', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'ofxdc.prd1.ncr.com',
    url: 'https://ofxdc.prd1.ncr.com/cmr/cmr.ofx',
    institutions: [
      { id: '1st-source-bank', name: '1st Source Bank', org: 'DI', fid: '071212128', brokerId: 'americanexpress.com', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: '5-star-bank', name: '5 Star Bank', org: '5 Star Bank', fid: '307087713', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'affinity-federal-credit-union', name: 'Affinity Federal Credit Union', org: 'DI', fid: '221283512', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'allegacy-federal-credit-union', name: 'Allegacy Federal Credit Union', org: 'DI', fid: '253177887', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'allied-first-bank', name: 'Allied First Bank', org: 'DI', fid: '071993214', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'allsouth-federal-credit-union', name: 'Allsouth Federal Credit Union', org: 'DI', fid: '253279031', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ameriserv-financial-bank', name: 'AmeriServ Financial Bank', org: 'DI', fid: '031301066', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'arizona-federal-credit-union', name: 'Arizona Federal Credit Union', org: 'DI', fid: '322172797', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'athol-savings-bank', name: 'Athol Savings Bank', org: 'DI', fid: '211370998', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'atlanta-postal-credit-union', name: 'Atlanta Postal Credit Union', org: 'DI', fid: '261171163', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'atlantic-stewardship-bank', name: 'Atlantic Stewardship Bank', org: 'DI', fid: '021206582', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'bancfirst', name: 'BancFirst', org: 'DI', fid: '103003632', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bangor-savings-bank', name: 'Bangor Savings Bank', aliases: ['Bangor Savings'], org: 'DI', fid: '211274382', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-of-dickson', name: 'Bank of Dickson', org: 'DI', fid: '064108236', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-of-dudley', name: 'Bank of Dudley', org: 'DI', fid: '061205938', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'bank-of-herrin', name: 'Bank of Herrin', org: 'DI', fid: '081203318', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-of-internet-usa', name: 'Bank of Internet, USA', aliases: ['Bank of Internet'], org: 'Bank of Internet', fid: '122287251', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'bank-x', name: 'Bank X', org: 'DI', fid: 'BX122287251', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'bankfinancial', name: 'BankFinancial', org: 'DI', fid: '271972899', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bankplus', name: 'BankPlus', org: 'DI', fid: '065301948', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bankunited', name: 'BankUnited', org: 'DI', fid: '267090594', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bay-state-savings-bank', name: 'Bay State Savings Bank', org: 'DI', fid: '211371023', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bayport-credit-union', name: 'BayPort Credit Union', org: 'DI', fid: '251481368', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'black-hills-federal-credit-union', name: 'Black Hills Federal Credit Union', org: 'DI', fid: '291479592', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'bofi-advisor', name: 'BofI Advisor', org: 'DI', fid: '122287251B', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'boone-bank-trust', name: 'Boone Bank & Trust', aliases: ['Boone Bank & Trust Co.'], org: 'DI', fid: '073901097', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'buckeye-community-fcu', name: 'Buckeye Community FCU', org: 'DI', fid: '263181779', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'cambridge-savings-bank', name: 'Cambridge Savings Bank', org: 'DI', fid: '211371120', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'case-credit-union', name: 'CASE Credit Union', org: 'DI', fid: '272481981', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'centier-bank', name: 'Centier Bank', org: 'DI', fid: '071902878', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'central-bank-utah', name: 'Central Bank Utah', org: 'DI', fid: '124300327', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'central-state-bank', name: 'Central State Bank', aliases: ['Central State Bank Muscatine IA'], org: 'DI', fid: '073900742', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'centrue-bank', name: 'Centrue Bank', org: 'DI', fid: '071901837', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'cfbank', name: 'CFBank', org: 'DI', fid: '241272118', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'chevron-federal-credit-union', name: 'Chevron Federal Credit Union', org: 'DI', fid: '321075947', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'christian-community-credit-union', name: 'Christian Community Credit Union', org: 'DI', fid: '322274831', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'city-national-bank-of-florida', name: 'City National Bank of Florida', org: 'DI', fid: '066004367', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'community-credit-union-florida', name: 'Community Credit Union Florida', org: 'Community Credit Union of FL', fid: '263182037', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'community-trust-credit-union', name: 'Community Trust Credit Union', org: 'DI', fid: '271984861', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'communityamerica-cu', name: 'CommunityAmerica CU', org: 'DI', fid: '301081508', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'coventry-credit-union', name: 'Coventry Credit Union', org: 'DI', fid: '211573326', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'department-of-commerce-fcu', name: 'Department of Commerce FCU', org: 'DI', fid: '254074439', brokerId: 'DI', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'east-idaho-cu', name: 'East Idaho CU', org: 'DI', fid: '324173082', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'east-west-bank', name: 'East West Bank', org: 'DI', fid: '322070381', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'eastman-credit-union', name: 'Eastman Credit Union', org: 'DI', fid: '264279350', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'edwards-federal-credit-union', name: 'Edwards Federal Credit Union', org: 'DI', fid: '322270770', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'elevations-credit-union', name: 'Elevations Credit Union', org: 'uofcfcu', fid: '307074580', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'empire-national-bank', name: 'Empire National Bank', aliases: ['Empire NB'], org: 'DI', fid: '021414426', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'essential-federal-credit-union', name: 'Essential Federal Credit Union', org: 'DI', fid: '265476440', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'exchange-bank-santa-rosa-ca', name: 'Exchange Bank - Santa Rosa, CA', aliases: ['Exchange Bank'], org: 'DI', fid: '121101985', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'farmers-merchant-bank-berlin', name: 'Farmers & Merchant Bank Berlin', aliases: ['Farmers & Merchants Bank'], org: 'DI', fid: '075910921', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'fidelity-bank-ma', name: 'Fidelity Bank - MA', aliases: ['Fidelity Bank'], org: 'DI', fid: '211370707', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-community-credit-union', name: 'First Community Credit Union', org: 'DI', fid: '281081877', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-federal-s-l-of-delta', name: 'First Federal S & L of Delta', org: 'DI', fid: '241270903', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-financial-bank', name: 'First Financial Bank', org: 'DI', fid: '074900356', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-internet-bank-of-indiana', name: 'First Internet Bank of Indiana', org: 'DI', fid: '074014187', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-natl-bank-ames-natl-corp', name: 'First Natl Bank-Ames Natl Corp', aliases: ['First National Bank Ames-Ankeny'], org: 'DI', fid: '073902274', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-piedmont', name: 'First Piedmont', org: 'DI', fid: '253272148', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-republic-bank', name: 'First Republic Bank', org: 'DI', fid: '321081669', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'first-trust-bank-of-illinois', name: 'First Trust Bank of Illinois', org: 'DI', fid: '071925826', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'flint-creek-valley-bank', name: 'Flint Creek Valley Bank', org: 'DI', fid: '092905210', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'fnb-bank-na', name: 'FNB Bank NA', org: 'DI', fid: '031305745', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ft-worth-community-credit-union', name: 'Ft Worth Community Credit Union', aliases: ['Fort Worth Community CU'], org: 'DI', fid: '311981672', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'fulton-bank', name: 'Fulton Bank', org: 'DI', fid: '031301422', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'fulton-bank-of-new-jersey', name: 'Fulton Bank of New Jersey', aliases: ['Fulton Bank NJ'], org: 'DI', fid: '031207636', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'german-american', name: 'German American', aliases: ['German American Bank'], org: 'DI', fid: '083904563', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'golden-plains-cu', name: 'Golden Plains CU', org: 'DI', fid: '301178181', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'guilford-savings-bank', name: 'Guilford Savings Bank', org: 'DI', fid: '211170208', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'heritage-bank', name: 'Heritage Bank', org: 'DI', fid: '325170835', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'heritage-first-bank', name: 'Heritage First Bank', org: 'DI', fid: '061192481', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'holladay-bank-trust', name: 'Holladay Bank & Trust', org: 'DI', fid: '124302118', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'horizon-credit-union', name: 'Horizon Credit Union', org: 'DI', fid: '325182506', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'igobanking', name: 'iGObanking', org: 'DI', fid: '026072928', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ih-mississippi-valley-cu', name: 'IH Mississippi Valley CU', org: 'DI', fid: '271183662', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'independent-bank-tn', name: 'Independent Bank, TN', aliases: ['Independent Bank'], org: 'DI', fid: '084008426', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'indiana-university-credit-union', name: 'Indiana University Credit Union', org: 'DI', fid: '274972744', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'juniata-valley-bank', name: 'Juniata Valley Bank', org: 'DI', fid: '031310219', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'kearny-county-bank', name: 'Kearny County Bank', org: 'DI', fid: '101106625', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'kirtland-federal-credit-union', name: 'Kirtland Federal Credit Union', org: 'Kirtland Federal Credit Union', fid: '307070050', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'kleinbank', name: 'KleinBank', org: 'DI', fid: '091915654', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'l-n-federal-credit-union', name: 'L&N Federal Credit Union', org: 'DI', fid: '283079227', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'la-police-federal-credit-union', name: 'L.A. Police Federal Credit Union', org: 'DI', fid: '322078493', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'lafayette-amabassador-bank', name: 'Lafayette Amabassador Bank', org: 'DI', fid: '031302133', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'lagrange-banking-co', name: 'LaGrange Banking Co', org: 'DI', fid: '061121096', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'lake-trust-cu', name: 'Lake Trust CU', org: 'DI', fid: '272078268', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'legacytexas-bank', name: 'LegacyTexas Bank', org: 'DI', fid: '111901234', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'liberty-bank-ct', name: 'Liberty Bank - CT', aliases: ['Liberty Bank'], org: 'DI', fid: '211170282', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'los-angeles-federal-credit-union', name: 'Los Angeles Federal Credit Union', org: 'DI', fid: '322078370', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'los-angeles-firemens-cu', name: 'Los Angeles Firemens CU', aliases: ["Los Angeles Fireman's Credit Union"], org: 'DI', fid: '322078341', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'malvern-federal-savings-bank', name: 'Malvern Federal Savings Bank', org: 'DI', fid: '231373179', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'member-one-federal-credit-union', name: 'Member One Federal Credit Union', org: 'DI', fid: '251482833', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'memory-bank', name: 'Memory Bank', org: 'DI', fid: '091017620', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'merchants-bank-vt', name: 'Merchants Bank - VT', aliases: ['Merchants Bank'], org: 'DI', fid: '011600020', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'meritrust-credit-union', name: 'Meritrust Credit Union', org: 'DI', fid: '301180292', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'mid-atlantic-fcu', name: 'Mid-Atlantic FCU', org: 'DI', fid: '255077477', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'mid-hudson-valley-fcu', name: 'Mid-Hudson Valley FCU', org: 'DI', fid: '221976243', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'midland-states-bank', name: 'Midland States Bank', org: 'DI', fid: '081204540', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'mifflinburg-bank-trust', name: 'Mifflinburg Bank and Trust', org: 'DI', fid: '031309686', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'nassau-educators-fcu', name: 'Nassau Educators FCU', org: 'DI', fid: '221480807', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'navigant-credit-union', name: 'Navigant Credit Union', org: 'DI', fid: '211589828', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'needham-bank', name: 'Needham Bank', org: 'DI', fid: '211373539', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'netbank', name: 'NetBank', org: 'Intuit Financial Services', fid: '122287251N', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'new-england-fcu', name: 'New England FCU', org: 'DI', fid: '211691127', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'newburyport-five-cents-savings-bank', name: 'Newburyport Five Cents Savings Bank', aliases: ['Newburyport 5Cents Sv Bank'], org: 'DI', fid: '211371502', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'nih-federal-credit-union', name: 'NIH Federal Credit Union', org: 'DI', fid: '255076944', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'north-community-bank', name: 'North Community Bank', org: 'DI', fid: '071001533', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ocean-city-home-bank', name: 'Ocean City Home Bank', org: 'DI', fid: '231271080', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'oceanfirst-bank', name: 'OceanFirst Bank', org: 'DI', fid: '231270353', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'oneaz-credit-union', name: 'OneAZ Credit Union', org: 'DI', fid: '322172496', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'osu-federal', name: 'OSU Federal', org: 'DI', fid: '323274270', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'philadelphia-fcu', name: 'Philadelphia FCU', org: 'DI', fid: '236084298', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'point-breeze-credit-union', name: 'Point Breeze Credit Union', org: 'DI', fid: '252076565', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'power-financial-credit-union', name: 'Power Financial Credit Union', org: 'DI', fid: '266080204', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'premier-america-credit-union', name: 'Premier America Credit Union', org: 'DI', fid: '322283990', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'presidential-bank-fsb', name: 'Presidential Bank, FSB', aliases: ['Presidential Bank'], org: 'DI', fid: '255073345', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'presidio-bank', name: 'Presidio Bank', org: 'DI', fid: '121044356', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'primeway-federal-credit-union', name: 'PrimeWay Federal Credit Union', org: 'DI', fid: '313083727', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'queensborough-national-bank', name: 'Queensborough National Bank', aliases: ['Queensborough NB&T-Direct Consumer'], org: 'DI', fid: '061103975', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'quincy-credit-union', name: 'Quincy Credit Union', org: 'DI', fid: '211385297', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'randall-story-bank', name: 'Randall Story Bank', org: 'DI', fid: '073920926', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'republic-bank-trust-company', name: 'Republic Bank & Trust Company', aliases: ['Republic Bank & Trust'], org: 'DI', fid: '083001314', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'rocky-mountain-bank', name: 'Rocky Mountain Bank', org: 'DI', fid: '102305098', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'san-antonio-national-bank', name: 'San Antonio National Bank', org: 'DI', fid: '114912589', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'securityplus-federal-credit-union', name: 'SecurityPlus Federal Credit Union', org: 'DI', fid: '252076714', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'service-credit-union', name: 'Service Credit Union', org: 'DI', fid: '211489656', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'sharonview-federal-credit-union', name: 'Sharonview Federal Credit Union', org: '1477', fid: '253075303', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'sikorsky-cu', name: 'Sikorsky CU', org: 'DI', fid: '221180806', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'silicon-valley-bank', name: 'Silicon Valley Bank', org: 'DI', fid: '121145145', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'southwest-bank', name: 'Southwest Bank', org: 'DI', fid: '111900756', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'spectrum-cu', name: 'Spectrum CU', org: 'DI', fid: '321075866', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'stanley-bank', name: 'Stanley Bank', org: 'DI', fid: '101110488', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'star-one-credit-union', name: 'Star One Credit Union', org: 'DI', fid: '321177968', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'state-bank-trust-co', name: 'State Bank & Trust Co.', org: 'DI', fid: '073921831', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'sun-east-federal-credit-union', name: 'Sun East Federal Credit Union', org: 'DI', fid: '231382209', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'swineford-national-bank', name: 'Swineford National Bank', org: 'DI', fid: '031313627', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'the-bank-of-greene-county', name: 'The Bank of Greene County', org: 'DI', fid: '221370467', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'the-bank-ofcanaan', name: 'The Bank ofCanaan', org: 'DI', fid: '021113662', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'the-brand-banking-company', name: 'The Brand Banking Company', org: 'DI', fid: '061103276', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'the-columbia-bank', name: 'The Columbia Bank', org: 'DI', fid: '055002338', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'the-peoples-community-bank', name: 'The Peoples Community Bank', org: 'DI', fid: '075906016', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'the-washington-trust-company', name: 'The Washington Trust Company', org: 'DI', fid: '011500858', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'thebank-of-edwardsville', name: 'TheBANK of Edwardsville', aliases: ['TheBANK of Edwardsville-IL'], org: '1143', fid: '081004070', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'thrivent-federal-credit-union', name: 'Thrivent Federal Credit Union', org: 'DI', fid: '075972147', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'tower-federal-credit-union', name: 'Tower Federal Credit Union', org: 'DI', fid: '255077370', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'townebank', name: 'TowneBank', aliases: ['TowneBank VA Personal & Biz'], org: 'DI', fid: '051408949', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'treasury-department-fcu', name: 'Treasury Department FCU', aliases: ['Treasury Dept FCU'], org: 'DI', fid: '254075409', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'truwest-credit-union', name: 'TruWest Credit Union', org: 'DI', fid: '322173055', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ufb-direct', name: 'UFB Direct', org: 'DI', fid: '122287251U', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'ulster-savings-bank', name: 'Ulster Savings Bank', org: 'DI', fid: '221971264', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'united-bank-trust', name: 'United Bank & Trust', aliases: ['United Bank & Trust-Marshalltown'], org: 'DI', fid: '073922843', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'universal-1-cu', name: 'Universal 1 CU', org: 'DI', fid: '242278072', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'us-federal-credit-union', name: 'U.S. Federal Credit Union', org: 'DI', fid: '291074722', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'valero-federal-credit-union', name: 'Valero Federal Credit Union', org: 'DI', fid: '314092128', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'valley-central-bank', name: 'Valley Central Bank', org: 'DI', fid: '242072663', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'vibe-credit-union', name: 'Vibe Credit Union', org: 'DI', fid: '272479388', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'west-end-bank-sb', name: 'West End Bank, S.B.', org: 'DI', fid: '274970814', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'westamerica-bank', name: 'Westamerica Bank', org: 'DI', fid: '121140218', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'xceed-financial-credit-union', name: 'Xceed Financial Credit Union', org: 'DI', fid: '322275490', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofxdi.diginsite.com',
    url: 'https://ofxdi.diginsite.com/cmr/cmr.ofx',
    institutions: [
      { id: 'ab-t-national-georgia', name: 'AB&T National - Georgia', org: 'DI', fid: '061219694', strength: 'answered', seen: '2015-02' },
      { id: 'advantis-credit-union', name: 'Advantis Credit Union', org: 'DI', fid: '323075097', strength: 'answered', seen: '2015-02' },
      { id: 'allied-healthcare-fcu', name: 'Allied Healthcare FCU', org: 'DI', fid: '322276868', strength: 'answered', seen: '2015-02' },
      { id: 'american-riviera-bank', name: 'American Riviera Bank', org: 'DI', fid: '122244333', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'ameriserv-bank-business-hub', name: 'AmeriServ Bank Business Hub', org: '1361', fid: 'C031301066', strength: 'answered', seen: '2015-02' },
      { id: 'anchor-bank-washington', name: 'Anchor Bank - Washington', org: 'DI', fid: '325170628', strength: 'answered', seen: '2015-02' },
      { id: 'apple-fcu', name: 'Apple FCU', org: 'DI', fid: '256078514', brokerId: 'md:1023', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'arizona-bank-trust', name: 'Arizona Bank and Trust', aliases: ['Arizona Bk & Trust Mortgage'], org: 'DI', fid: '122106015', strength: 'answered', seen: '2015-02' },
      { id: 'arizona-state-cu', name: 'Arizona State CU', org: 'DI', fid: '322172496', strength: 'answered', seen: '2015-02' },
      { id: 'bancfirst-business-online-banking', name: 'BancFirst Business Online Banking', org: 'DI', fid: 'C103003632', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bancorpsouth-084201278', name: 'BancorpSouth', org: 'DI', fid: '084201278', strength: 'answered', seen: '2012-10' },
      { id: 'bank-1440', name: 'Bank 1440', org: 'DI', fid: '122106251', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-georgetown', name: 'Bank of Georgetown', org: 'DI', fid: '054001712', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-nevada', name: 'Bank of Nevada', org: 'DI', fid: 'C122401778', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-santa-clarita', name: 'Bank of Santa Clarita', org: 'DI', fid: '122243813', strength: 'answered', seen: '2015-02' },
      { id: 'bankatlantic', name: 'BankAtlantic', org: 'DI', fid: '267083763', strength: 'answered', seen: '2015-02' },
      { id: 'bankfinancial-bfs', name: 'BankFinancial BFS', org: 'DI', fid: 'C271972899', strength: 'answered', seen: '2015-02' },
      { id: 'bankunited-business-banking', name: 'BankUnited Business Banking', org: 'DI', fid: 'C267090594', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '03356' },
      { id: 'bankwell-in-fairfield', name: 'Bankwell in Fairfield', org: 'DI', fid: '021114483', strength: 'answered', seen: '2015-02' },
      { id: 'bankwell-in-new-canaan', name: 'Bankwell in New Canaan', org: 'DI', fid: '021113662', strength: 'answered', seen: '2015-02' },
      { id: 'belmont-savings-bank', name: 'Belmont Savings Bank', org: 'DI', fid: '211371764', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'bofi-federal', name: 'BofI Federal', org: 'DI', fid: '122287251A', strength: 'answered', seen: '2015-02' },
      { id: 'brandbank-cash-mgmt', name: 'BrandBank Cash Mgmt', org: 'DI', fid: 'C061103276', strength: 'answered', seen: '2015-02' },
      { id: 'california-credit-union', name: 'California Credit Union', org: 'DI', fid: '322078464', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'capital-bank-fl', name: 'Capital Bank (FL)', org: 'DI', fid: '067011760', strength: 'answered', seen: '2015-02' },
      { id: 'cardinal-bank', name: 'Cardinal Bank', org: 'DI', fid: '056008849', strength: 'answered', seen: '2015-02' },
      { id: 'centrue-ebusiness', name: 'Centrue eBusiness', org: 'DI', fid: 'C071901837', strength: 'answered', seen: '2015-02' },
      { id: 'chemical-bank', name: 'Chemical Bank', org: 'DI', fid: '072410013', strength: 'answered', seen: '2012-10' },
      { id: 'citizens-national-bank-ms', name: 'Citizens National Bank - MS', org: 'DI', fid: '065300211', strength: 'listed', seen: '2015-02' },
      { id: 'citizens-national-bank-tx', name: 'Citizens National Bank TX', org: 'DI', fid: '111903151', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'city-county-federal-credit-union', name: 'City-County Federal Credit Union', org: 'DI', fid: '291074308', strength: 'answered', seen: '2015-02' },
      { id: 'clark-county-credit-union', name: 'Clark County Credit Union', org: 'DI', fid: '322484113', strength: 'answered', seen: '2015-02' },
      { id: 'clearview-federal-credit-union', name: 'Clearview Federal Credit Union', org: 'DI', fid: '243083237', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'community-credit-union-of-fl', name: 'Community Credit Union of FL', org: 'Community Credit Union of FL', fid: '263182037', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'community-federal-savings-bank', name: 'Community Federal Savings Bank', org: 'DI', fid: '026073008', strength: 'answered', seen: '2015-02' },
      { id: 'community-trust-bank-of-la', name: 'Community Trust Bank of LA', org: 'DI', fid: '111102758', brokerId: 'DI', strength: 'answered', seen: '2015-02' },
      { id: 'cooperative-bank-north-carolina', name: 'Cooperative Bank (North Carolina)', org: 'DI', fid: '253171728', strength: 'answered', seen: '2015-02' },
      { id: 'cornerstone-national-b-t-company', name: 'Cornerstone National B&T Company', org: 'DI', fid: '071926155', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'crest-savings-bank', name: 'Crest Savings Bank', org: 'DI', fid: '231271501', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'customers-bank-bb', name: 'Customers Bank BB', org: 'DI', fid: 'C031302971', strength: 'answered', seen: '2015-02' },
      { id: 'dubuque-bank-trust', name: 'Dubuque Bank and Trust', org: 'DI', fid: '073900535', strength: 'answered', seen: '2015-02' },
      { id: 'eecu-fresno', name: 'EECU-Fresno', aliases: ['Educational Employees CU Fresno', 'Educational Employees CU'], org: 'DI', fid: '321172594', strength: 'answered', seen: '2015-02' },
      { id: 'eh-national-bank', name: 'EH National Bank', org: 'DI', fid: '122243871', strength: 'answered', seen: '2015-02' },
      { id: 'fidelity-bank-wichita', name: 'Fidelity Bank - Wichita', org: 'DI', fid: '301171353', strength: 'answered', seen: '2012-10' },
      { id: 'fieldpoint-private', name: 'Fieldpoint Private', org: 'DI', fid: '021172784', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-community-credit-union-mo', name: 'First Community Credit Union - MO', org: 'DI', fid: '281081877', strength: 'answered', seen: '2015-02' },
      { id: 'first-independent-bank-reno-nv', name: 'First Independent Bank (Reno, NV)', org: 'DI', fid: 'C121202062', strength: 'answered', seen: '2015-02' },
      { id: 'first-southern-bancorp', name: 'First Southern Bancorp', org: 'DI', fid: '042102403', strength: 'answered', seen: '2015-02' },
      { id: 'flagstar-bank', name: 'Flagstar Bank', org: 'DI', fid: '272471852', strength: 'answered', seen: '2015-02', dc: 'no', bid: '04313' },
      { id: 'fort-sill-federal-credit-union-303184856', name: 'Fort Sill Federal Credit Union', org: 'DI', fid: '303184856', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'franklin-templeton-bank-trust', name: 'Franklin Templeton Bank & Trust', org: 'DI', fid: '121135346', brokerId: 'DI', strength: 'answered', seen: '2015-02' },
      { id: 'freedom-security-bank', name: 'Freedom Security Bank', org: 'DI', fid: '073909992', strength: 'answered', seen: '2015-02' },
      { id: 'galena-state-bank-trust', name: 'Galena State Bank and Trust', org: 'DI', fid: '071108698', strength: 'answered', seen: '2015-02' },
      { id: 'granite-mountain-bank', name: 'Granite Mountain Bank', org: 'DI', fid: '092905210', strength: 'answered', seen: '2015-02' },
      { id: 'granite-savings-bank', name: 'Granite Savings Bank', org: 'DI', fid: '211373429', strength: 'listed', seen: '2015-02' },
      { id: 'great-florida-bank', name: 'Great Florida Bank', org: 'DI', fid: '066015576', strength: 'answered', seen: '2015-02' },
      { id: 'herald-national-bank', name: 'Herald National Bank', org: 'DI', fid: '026014588', brokerId: 'DI', strength: 'answered', seen: '2015-02' },
      { id: 'home-federal-bank-corp-ky-tn', name: 'Home Federal Bank Corp Ky - TN', org: 'DI', fid: '242170426', strength: 'answered', seen: '2015-02' },
      { id: 'hvfcu', name: 'HVFCU', org: 'DI', fid: '221979363', strength: 'answered', seen: '2015-02' },
      { id: 'iu-credit-union', name: 'IU Credit Union', org: 'DI', fid: '274972744', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'johns-hopkins-federal-credit-union', name: 'Johns Hopkins Federal Credit Union', org: 'DI', fid: '252076235', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'johnson-bank', name: 'Johnson Bank', org: 'DI', fid: '075911852', strength: 'answered', seen: '2015-02' },
      { id: 'keypoint-credit-union', name: 'KeyPoint Credit Union', org: 'DI', fid: '321180515', strength: 'answered', seen: '2015-02' },
      { id: 'kitsap-community-fcu', name: 'Kitsap Community FCU', org: 'Kitsap Community Federal Credit', fid: '325180223', strength: 'answered', seen: '2015-02' },
      { id: 'mainsource-bank', name: 'MainSource Bank', org: 'DI', fid: '074903308', strength: 'answered', seen: '2015-02' },
      { id: 'mechanics-bank-ca', name: 'Mechanics Bank CA', aliases: ['The Mechanics Bank'], org: 'DI', fid: '121102036', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'metro-health-services-fcu', name: 'Metro Health Services FCU', org: 'DI', fid: '304083396', strength: 'answered', seen: '2015-02' },
      { id: 'middleburg-bank', name: 'Middleburg Bank', org: 'DI', fid: '056006786', strength: 'answered', seen: '2015-02' },
      { id: 'net-bank', name: 'Net Bank', org: 'Intuit Financial Services', fid: '122287251N', strength: 'answered', seen: '2015-02' },
      { id: 'new-mexico-bank-trust', name: 'New Mexico Bank and Trust', org: 'DI', fid: '107006541', strength: 'answered', seen: '2015-02' },
      { id: 'new-resource-bank', name: 'New Resource Bank', org: 'DI', fid: '121044369', strength: 'answered', seen: '2012-10' },
      { id: 'new-traditions-bank', name: 'New Traditions Bank', org: 'DI', fid: '063116588', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'northcountry-fcu', name: 'NorthCountry FCU', org: 'DI', fid: '211691004', strength: 'answered', seen: '2015-02' },
      { id: 'northwestern-bank', name: 'Northwestern Bank', org: 'DI', fid: '272471661', strength: 'listed', seen: '2015-02' },
      { id: 'notre-dame-federal-credit-union', name: 'Notre Dame Federal Credit Union', org: 'DI', fid: '271291596', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'nuvision-financial-fcu', name: 'nuVision Financial FCU', org: 'DI', fid: '322282399', strength: 'answered', seen: '2015-02' },
      { id: 'omniamerican-bank', name: 'OmniAmerican Bank', org: 'DI', fid: '311981533', strength: 'answered', seen: '2015-02' },
      { id: 'onewest-bank', name: 'OneWest Bank', org: 'DI', fid: '322270288', strength: 'answered', seen: '2012-10' },
      { id: 'pioneer-credit-union', name: 'Pioneer Credit Union', org: 'VIFI', fid: '275977777', strength: 'answered', seen: '2015-02' },
      { id: 'premier-members-federal-credit-union', name: 'Premier Members Federal Credit Union', org: 'DI', fid: '307074551', strength: 'answered', seen: '2015-02' },
      { id: 'redstone-federal-credit-union', name: 'Redstone Federal Credit Union', org: 'DI', fid: '262275835', strength: 'answered', seen: '2015-02', dc: 'yes' },
      { id: 'reliant-community-federal-cu', name: 'Reliant Community Federal CU', aliases: ['Reliant Community Credit Union'], org: 'DI', fid: '222382438', strength: 'answered', seen: '2015-02' },
      { id: 'rivermark-community-credit-union', name: 'Rivermark Community Credit Union', org: 'DI', fid: '323076012', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'rock-canyon-bank', name: 'Rock Canyon Bank', org: 'DI', fid: '124302914', strength: 'answered', seen: '2015-02' },
      { id: 'safe-credit-union', name: 'SAFE Credit Union', org: 'DI', fid: '321173742', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '01252' },
      { id: 'sun-federal-credit-union', name: 'Sun Federal Credit Union', org: 'DI', fid: '241282412', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'synergy-fcu', name: 'Synergy FCU', org: 'DI', fid: '314092128', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'the-bank-of-oswego', name: 'The Bank of Oswego', org: 'DI', fid: '123206930', strength: 'answered', seen: '2015-02' },
      { id: 'the-community-bank', name: 'The Community Bank', org: 'DI', fid: '211371476', strength: 'listed', seen: '2015-02' },
      { id: 'totalbank', name: 'TotalBank', org: 'DI', fid: '066009155', strength: 'answered', seen: '2015-02' },
      { id: 'treasure-state-bank', name: 'Treasure State Bank', org: 'DI', fid: '092905508', strength: 'answered', seen: '2015-02' },
      { id: 'truliant-federal-credit-union', name: 'Truliant Federal Credit Union', org: 'DI', fid: '253177832', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '01288' },
      { id: 'united-community-bank-in', name: 'United Community Bank - IN', org: 'DI', fid: '274970584', strength: 'answered', seen: '2015-02' },
      { id: 'united-heritage-credit-union', name: 'United Heritage Credit Union', org: 'DI', fid: '314977188', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'us-federal-cu', name: 'US Federal CU', org: 'DI', fid: '291074722', strength: 'answered', seen: '2015-02' },
      { id: 'use-credit-union', name: 'USE Credit Union', org: 'DI', fid: '322281691', strength: 'answered', seen: '2015-02' },
      { id: 'utah-central-credit-union', name: 'Utah Central Credit Union', org: 'DI', fid: '324079474', strength: 'answered', seen: '2015-02' },
      { id: 'vantage-bank-texas', name: 'Vantage Bank Texas', org: 'DI', fid: '114912589', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'vystar-credit-union', name: 'Vystar Credit Union', org: 'DI', fid: '263079276', strength: 'answered', seen: '2015-02', dc: 'no', bid: '15538' },
      { id: 'washington-trust-bank', name: 'Washington Trust Bank', org: 'DI', fid: '125100089', strength: 'answered', seen: '2012-10', dc: 'yes?' },
      { id: 'watermark-credit-union', name: 'Watermark Credit Union', org: 'DI', fid: '325082033', strength: 'answered', seen: '2015-02' },
      { id: 'wedbush-bank', name: 'Wedbush Bank', org: 'DI', fid: '122087590', strength: 'answered', seen: '2015-02' },
      { id: 'west-chester-savings-bank', name: 'West Chester Savings Bank', org: 'DI', fid: '073916480', strength: 'answered', seen: '2015-02' },
      { id: 'west-coast-bank', name: 'West Coast Bank', org: 'DI', fid: '123203218', strength: 'answered', seen: '2015-02' },
      { id: 'wings-financial', name: 'Wings Financial', org: 'DI', fid: '296076152', strength: 'answered', seen: '2012-10' },
      { id: 'wisconsin-community-bank', name: 'Wisconsin Community Bank', org: 'DI', fid: '075907594', strength: 'answered', seen: '2012-10' },
      { id: 'wright-patt-credit-union', name: 'Wright-Patt Credit Union', org: 'DI', fid: '242279408', brokerId: 'DI', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '13777' },
    ],
  },
  {
    host: 'www20.onlinebank.com',
    url: 'https://www20.onlinebank.com/OROFX16Listener',
    institutions: [
      { id: 'adams-co-operative-bank', name: 'Adams Co-operative Bank', org: 'ORCC', fid: '743', strength: 'answered', seen: '2015-02' },
      { id: 'aerospace-fcu', name: 'Aerospace FCU', org: 'ORCC', fid: '1976', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'altana-fcu', name: 'Altana FCU', org: 'ORCC', fid: '2012', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'american-broadcast-employees-fcu', name: 'American Broadcast Employees FCU', org: 'ORCC', fid: '2078', strength: 'answered', seen: '2015-02' },
      { id: 'american-savings-bank-portsmouth', name: 'American Savings Bank - Portsmouth', org: 'ORCC', fid: '1783', strength: 'answered', seen: '2015-02' },
      { id: 'apple-valley-bank-trust', name: 'Apple Valley Bank and Trust', org: 'ORCC', fid: '1708', strength: 'answered', seen: '2015-02' },
      { id: 'atlantic-city-electric-co-emp-fcu', name: 'Atlantic City Electric Co. Emp FCU', org: 'ORCC', fid: '742', strength: 'answered', seen: '2015-02' },
      { id: 'auburn-university-fed-credit-union', name: 'Auburn University Fed Credit Union', org: 'ORCC', fid: '658', strength: 'answered', seen: '2015-02' },
      { id: 'avon-co-operative-bank', name: 'Avon Co-operative Bank', org: 'ORCC', fid: '1655', strength: 'answered', seen: '2015-02' },
      { id: 'billings-federal-credit-union', name: 'Billings Federal Credit Union', org: 'ORCC', fid: '2013', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'cambridge-portuguese-credit-union', name: 'Cambridge Portuguese Credit Union', org: 'orcc', fid: '983', strength: 'answered', seen: '2015-02' },
      { id: 'canton-cooperative-bank', name: 'Canton Cooperative Bank', org: 'ORCC', fid: '1656', strength: 'answered', seen: '2015-02' },
      { id: 'centerstate-bank', name: 'CenterState Bank', org: 'ORCC', fid: '1942', strength: 'answered', seen: '2015-02' },
      { id: 'centerstate-bank-business', name: 'CenterState Bank - Business', org: 'ORCC', fid: '1946', strength: 'answered', seen: '2015-02' },
      { id: 'centerstate-bank-national-assoc', name: 'CenterState Bank National Assoc.', org: 'ORCC', fid: '1489', strength: 'answered', seen: '2015-02' },
      { id: 'charles-river-bank', name: 'Charles River Bank', org: 'orcc', fid: '344', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'charles-river-bank-business', name: 'Charles River Bank - Business', org: 'ORCC', fid: '1244', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'chelsea-provident-co-op-bank', name: 'Chelsea-Provident Co-op Bank', org: 'ORCC', fid: '1659', strength: 'answered', seen: '2015-02' },
      { id: 'chemical-bank-1985', name: 'Chemical Bank', org: 'ORCC', fid: '1985', strength: 'answered', seen: '2015-02' },
      { id: 'collinsville-savings-business', name: 'Collinsville Savings-Business', org: 'ORCC', fid: '875', strength: 'answered', seen: '2015-02' },
      { id: 'collinsville-savings-society', name: 'Collinsville Savings Society', org: 'orcc', fid: '745', strength: 'answered', seen: '2015-02' },
      { id: 'colonial-federal-savings-bank', name: 'Colonial Federal Savings Bank', org: 'ORCC', fid: '820', strength: 'answered', seen: '2015-02' },
      { id: 'community-savings', name: 'Community Savings', org: 'ORCC', fid: '1638', strength: 'answered', seen: '2015-02' },
      { id: 'countryside-federal-credit-union', name: 'Countryside Federal Credit Union', org: 'orcc', fid: '724', strength: 'answered', seen: '2015-02' },
      { id: 'eastern-federal-bank', name: 'Eastern Federal Bank', org: 'orcc', fid: '1168', strength: 'answered', seen: '2015-02' },
      { id: 'eastern-federal-bank-business', name: 'Eastern Federal Bank - Business', org: 'orcc', fid: '1295', strength: 'answered', seen: '2015-02' },
      { id: 'edtech-fed-cu', name: 'EDTECH Fed. CU', org: 'ORCC', fid: '2023', strength: 'answered', seen: '2015-02' },
      { id: 'embark-credit-union', name: 'Embark Credit Union', org: 'ORCC', fid: '2016', strength: 'answered', seen: '2015-02' },
      { id: 'energy-credit-union', name: 'Energy Credit Union', org: 'ORCC', fid: '1815', strength: 'answered', seen: '2015-02' },
      { id: 'equitable-co-operative-bank', name: 'Equitable Co-operative Bank', org: 'ORCC', fid: '898', strength: 'answered', seen: '2015-02' },
      { id: 'everett-co-op-bank-business', name: 'Everett Co-op Bank - Business', org: 'orcc', fid: '878', strength: 'answered', seen: '2015-02' },
      { id: 'everett-co-operative-bank', name: 'Everett Co-operative Bank', org: 'ORCC', fid: '877', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'fairfield-s-l-assoc-of-lancaster', name: 'Fairfield S&L Assoc of Lancaster', org: 'orcc', fid: '690', strength: 'answered', seen: '2015-02' },
      { id: 'farmers-miners-bank-virginia', name: 'Farmers and Miners Bank - Virginia', org: 'orcc', fid: '2080', strength: 'answered', seen: '2015-02' },
      { id: 'fergus-federal-cu', name: 'Fergus Federal CU', org: 'ORCC', fid: '2015', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'first-command-bank-2088', name: 'First Command Bank', org: 'ORCC', fid: '2088', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-county-bank-ct', name: 'First County Bank - CT', org: 'ORCC', fid: '63', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-national-bank-of-pandora', name: 'First National Bank of Pandora', org: 'ORCC', fid: '1824', strength: 'answered', seen: '2015-02' },
      { id: 'florence-savings-bank-business', name: 'Florence Savings Bank - Business', org: 'ORCC', fid: '1896', strength: 'answered', seen: '2015-02' },
      { id: 'florence-savings-bank-personal', name: 'Florence Savings Bank - Personal', org: 'ORCC', fid: '476', strength: 'answered', seen: '2015-02' },
      { id: 'freedom-credit-union', name: 'Freedom Credit Union', org: 'ORCC', fid: '1482', strength: 'answered', seen: '2015-02' },
      { id: 'haverhill-bank-93', name: 'Haverhill Bank', org: 'orcc', fid: '93', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'heritage-bank-ky-757', name: 'Heritage Bank - KY', org: 'ORCC', fid: '757', strength: 'answered', seen: '2015-02' },
      { id: 'jewett-city-savings-bank', name: 'Jewett City Savings Bank', org: 'ORCC', fid: '592', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'lake-trust-credit-union', name: 'Lake Trust Credit Union', org: 'orcc', fid: '495', strength: 'answered', seen: '2015-02', dc: 'no', bid: '17188' },
      { id: 'methuen-cooperative-bank', name: 'Methuen Cooperative Bank', org: 'ORCC', fid: '1739', strength: 'answered', seen: '2015-02' },
      { id: 'monterey-cu', name: 'Monterey CU', org: 'ORCC', fid: '2059', strength: 'answered', seen: '2015-02' },
      { id: 'mutual-bank', name: 'Mutual Bank', org: 'ORCC', fid: '88', strength: 'answered', seen: '2015-02' },
      { id: 'nassau-financial-fcu', name: 'Nassau Financial FCU', org: 'orcc', fid: '1000', strength: 'answered', seen: '2015-02' },
      { id: 'new-tripoli-bank', name: 'New Tripoli Bank', org: 'ORCC', fid: '1615', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'new-tripoli-bank-sb', name: 'New Tripoli Bank SB', org: 'ORCC', fid: '1622', strength: 'answered', seen: '2015-02' },
      { id: 'newportfed', name: 'NewportFed', org: 'ORCC', fid: '698', strength: 'answered', seen: '2015-02' },
      { id: 'northampton-co-operative-bank', name: 'Northampton Co-operative Bank', org: 'ORCC', fid: '492', strength: 'answered', seen: '2015-02' },
      { id: 'ocean-communities-fcu', name: 'Ocean Communities FCU', org: 'ORCC', fid: '1800', strength: 'answered', seen: '2015-02' },
      { id: 'oregon-community-credit-union-2077', name: 'Oregon Community Credit Union', org: 'ORCC', fid: '2077', strength: 'answered', seen: '2015-02' },
      { id: 'partners-federal-credit-union', name: 'Partners Federal Credit Union', org: 'ORCC', fid: '2097', strength: 'answered', seen: '2015-02' },
      { id: 'peoplesbank-holyoke-ma-business', name: 'PeoplesBank - Holyoke MA - Business', org: 'ORCC', fid: '450', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'pinnacle-federal-credit-union', name: 'Pinnacle Federal Credit Union', org: 'orcc', fid: '815', strength: 'answered', seen: '2015-02' },
      { id: 'pioneer-valley-postal-fcu', name: 'Pioneer Valley Postal FCU', org: 'orcc', fid: '1211', strength: 'answered', seen: '2015-02' },
      { id: 'provident-credit-union', name: 'Provident Credit Union', org: 'orcc', fid: '1830', strength: 'answered', seen: '2015-02', dc: 'no', bid: '16558' },
      { id: 'sandia-laboratory-fcu-1977', name: 'Sandia Laboratory FCU', org: 'ORCC', fid: '1977', strength: 'answered', seen: '2015-02' },
      { id: 'savings-institute-bank-trust', name: 'Savings Institute Bank & Trust', org: 'orcc', fid: '394', strength: 'answered', seen: '2015-02' },
      { id: 'the-cooperative-bank', name: 'The Cooperative Bank', org: 'ORCC', fid: '826', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'the-national-iron-bank', name: 'The National Iron Bank', org: 'ORCC', fid: '627', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'united-american-savings-bank', name: 'United American Savings Bank', org: 'ORCC', fid: '1689', strength: 'answered', seen: '2015-02' },
      { id: 'united-bank-massachusetts', name: 'United Bank - Massachusetts', org: 'ORCC', fid: '853', strength: 'answered', seen: '2015-02' },
      { id: 'valley-bank-national-association', name: 'Valley Bank National Association', org: 'orcc', fid: '284', strength: 'answered', seen: '2015-02' },
      { id: 'wakefield-cooperative-bank', name: 'Wakefield Cooperative Bank', org: 'ORCC', fid: '1304', strength: 'answered', seen: '2015-02' },
      { id: 'waterbury-ct-teachers-fcu', name: 'Waterbury CT Teachers FCU', org: 'orcc', fid: '867', strength: 'answered', seen: '2015-02' },
      { id: 'weststar-credit-union', name: 'WestStar Credit Union', org: 'ORCC', fid: '1904', strength: 'answered', seen: '2015-02' },
      { id: 'williamstown-savings-bank', name: 'Williamstown Savings Bank', org: 'ORCC', fid: '348', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'pfm.metavante.com',
    url: 'https://pfm.metavante.com/ofx/OFXServlet',
    institutions: [
      { id: 'advantage-national-bank', name: 'Advantage National Bank', org: '918', fid: '5501', strength: 'answered', seen: '2015-02' },
      { id: 'allegheny-valley-bank-of-pgh', name: 'Allegheny Valley Bank of Pgh', org: 'olb-3240', fid: '1646', strength: 'answered', seen: '2015-02' },
      { id: 'amegybank', name: 'AmegyBank', org: '292-3', fid: '1165', strength: 'listed', seen: '2015-02', dc: 'yes', bid: '13375' },
      { id: 'ameris-bank', name: 'Ameris Bank', org: '466', fid: '5548', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '69691' },
      { id: 'aquesta-bank', name: 'Aquesta Bank', org: 'ep5076', fid: '1970', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-central-florida', name: 'Bank of Central Florida', org: '827', fid: '5529', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bank-of-commerce-charlotte-nc', name: 'Bank of Commerce Charlotte NC', org: 'fis-7213', fid: '7213', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-george', name: 'Bank of George', org: 'mfis-7003', fid: '7003', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-marin', name: 'Bank of Marin', org: '568', fid: '5001', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bank-of-tennessee', name: 'Bank of Tennessee', org: 'fis-7169', fid: '7169', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'bankers-trust-cr', name: 'Bankers Trust CR', org: '187', fid: '5541', strength: 'answered', seen: '2015-02' },
      { id: 'bankers-trust-dm', name: 'Bankers Trust DM', org: '769', fid: '5542', strength: 'answered', seen: '2015-02' },
      { id: 'bankfirst-fl', name: 'BankFIRST FL', org: 'olb-3408', fid: '1648', strength: 'answered', seen: '2015-02' },
      { id: 'barrington-bank-trust', name: 'Barrington Bank & Trust', org: '167', fid: '5505', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'berkshire-bank', name: 'Berkshire Bank', org: '092', fid: '5544', strength: 'answered', seen: '2015-02' },
      { id: 'beverly-bank-trust', name: 'Beverly Bank & Trust', org: '495', fid: '5510', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'blueharbor-bank', name: 'Blueharbor Bank', org: 'fis-6456', fid: '6456', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bridge-bank', name: 'Bridge Bank', org: '681', fid: '5547', strength: 'answered', seen: '2015-02' },
      { id: 'california-united-bank', name: 'California United Bank', org: '070', fid: '5539', strength: 'answered', seen: '2015-02' },
      { id: 'capstar-bank', name: 'CapStar Bank', org: '061', fid: '5528', strength: 'answered', seen: '2015-02' },
      { id: 'century-bank-ms', name: 'Century Bank MS', org: 'Fidelity', fid: '065303328', strength: 'answered', seen: '2015-02' },
      { id: 'city-national-bank-of-ca', name: 'City National Bank of CA', org: '309', fid: '5010', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '00721' },
      { id: 'coastal-community-bank', name: 'Coastal Community Bank', org: 'Fidelity', fid: '125108405', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'community-southern-bank', name: 'Community Southern Bank', org: 'fis-7219', fid: '7219', strength: 'answered', seen: '2015-02' },
      { id: 'cornerstone-community-bank', name: 'Cornerstone Community Bank', org: 'fis-7204', fid: '7204', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'country-club-bank', name: 'Country Club Bank', org: '582', fid: '5537', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'crystal-lake-bank-trust', name: 'Crystal Lake Bank & Trust', org: '600', fid: '5511', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'eaglebank-personal', name: 'EagleBank - Personal', org: '975', fid: '5336', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'fidelity-bank-wichita-4225', name: 'Fidelity Bank Wichita', org: 'di-4225', fid: '4225', strength: 'answered', seen: '2015-02' },
      { id: 'finemark-national-bank-trust', name: 'FineMark National Bank & Trust', org: '829', fid: '5516', strength: 'answered', seen: '2015-02' },
      { id: 'first-arkansas-bank-trust', name: 'First Arkansas Bank & Trust', org: 'olb-s8i', fid: '1581', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-national-bank-of-central-tx', name: 'First National Bank of Central Tx', org: 'mfis-7373', fid: '7373', strength: 'answered', seen: '2015-02' },
      { id: 'first-virginia-community', name: 'First Virginia Community', org: 'fis-6127', fid: '6127', strength: 'answered', seen: '2015-02' },
      { id: 'gold-canyon-bank', name: 'Gold Canyon Bank', org: '043', fid: '5532', strength: 'answered', seen: '2015-02' },
      { id: 'gulf-coast-community-bank', name: 'Gulf Coast Community Bank', org: '090', fid: '5526', strength: 'answered', seen: '2015-02' },
      { id: 'hinsdale-bank-trust', name: 'Hinsdale Bank & Trust', org: '289', fid: '5507', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'intrust-bank', name: 'INTRUST Bank', org: '784', fid: '5012', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'jacksonville-bank', name: 'Jacksonville Bank', org: '471', fid: '5533', strength: 'answered', seen: '2015-02' },
      { id: 'jefferson-bank-of-florida', name: 'Jefferson Bank of Florida', org: '222', fid: '5525', strength: 'answered', seen: '2015-02' },
      { id: 'libertyville-bank-trust', name: 'Libertyville Bank & Trust', org: '158', fid: '5504', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'northbrook-bank-trust', name: 'Northbrook Bank & Trust', org: '870', fid: '5513', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'oakworth-capital-bank', name: 'Oakworth Capital Bank', org: 'fis-7278', fid: '7278', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'old-plank-trail-community-bank', name: 'Old Plank Trail Community Bank', org: '924', fid: '5500', strength: 'answered', seen: '2015-02' },
      { id: 'old-town-bank', name: 'Old Town Bank', org: 'mfis - 1721', fid: '1721', strength: 'answered', seen: '2015-02' },
      { id: 'pacific-capital-bank-na', name: 'Pacific Capital Bank, N.A.', org: 'pfm-l3g', fid: '5524', strength: 'answered', seen: '2015-02' },
      { id: 'peoples-united-bank-ct', name: "People's United Bank - CT", org: '136', fid: '5534', strength: 'answered', seen: '2015-02', ended: { loads: true, since: '2022', by: null, what: 'was taken over by M&T Bank in April 2022', successor: 'm-and-t-bank' } },
      { id: 'premier-bank-rochester', name: 'Premier Bank Rochester', org: 'olb-3397', fid: '1597', strength: 'answered', seen: '2015-02' },
      { id: 'private-bank-of-buckhead', name: 'Private Bank of Buckhead', org: 'mfis-7292', fid: '7292', strength: 'answered', seen: '2015-02' },
      { id: 's-t-bank', name: 'S&T Bank', org: '368', fid: '5013', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '00730' },
      { id: 'salem-five', name: 'Salem Five', org: '126', fid: '5007', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '04067' },
      { id: 'texas-security-bank', name: 'Texas Security Bank', org: 'clk-3428', fid: '1582', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'the-privatebank-chicago', name: 'The PrivateBank (Chicago)', org: '992', fid: '5518', strength: 'answered', seen: '2015-02' },
      { id: 'town-bank', name: 'Town Bank', org: '118', fid: '5503', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'tri-valley-bank', name: 'Tri Valley Bank', org: 'mfis-1739', fid: '1739', strength: 'answered', seen: '2015-02' },
      { id: 'united-american-bank', name: 'United American Bank', org: 'Fidelity', fid: '121143558', strength: 'answered', seen: '2015-02' },
      { id: 'valley-green-bank', name: 'Valley Green Bank', org: '981', fid: '5502', strength: 'answered', seen: '2015-02' },
      { id: 'village-bank-trust', name: 'Village Bank & Trust', org: '629', fid: '5512', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'wheaton-bank-trust', name: 'Wheaton Bank & Trust', org: '291', fid: '5508', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'wintrust-bank', name: 'Wintrust Bank', org: '380', fid: '5509', strength: 'answered', seen: '2015-02' },
      { id: 'xenith-bank', name: 'Xenith Bank', org: 's7x', fid: '1546', strength: 'answered', seen: '2015-02' },
      { id: 'us-trust-company', name: 'U.S. Trust Company', org: '115', fid: '5011', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'directline2.netteller.com',
    url: 'https://directline2.netteller.com',
    institutions: [
      { id: 'american-enterprise-bank-fl', name: 'American Enterprise Bank - FL', org: 'JackHenry', fid: '10920', strength: 'answered', seen: '2015-02' },
      { id: 'american-national-bank-fl', name: 'American National Bank, FL', org: 'JackHenry', fid: '14946', strength: 'answered', seen: '2015-02' },
      { id: 'american-security-bank', name: 'American Security Bank', org: 'JackHenry', fid: '3432', strength: 'listed', seen: '2015-02' },
      { id: 'anderen-bank', name: 'Anderen Bank', org: 'JackHenry', fid: '15891', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-american-fork', name: 'Bank of American Fork', org: 'JackHenry', fid: '10446', strength: 'answered', seen: '2015-02' },
      { id: 'bank-of-houston-tx', name: 'Bank of Houston - TX', org: 'JackHenry', fid: '9864', strength: 'listed', seen: '2015-02' },
      { id: 'brattleboro-savings-loan', name: 'Brattleboro Savings & Loan', org: 'JackHenry', fid: '10255', strength: 'answered', seen: '2015-02' },
      { id: 'bryant-bank', name: 'Bryant Bank', org: 'JackHenry', fid: '855', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bucks-county-bank', name: 'Bucks County Bank', org: 'JackHenry', fid: '9681', strength: 'answered', seen: '2015-02' },
      { id: 'capital-bank-ca', name: 'Capital Bank (CA)', org: 'JackHenry', fid: '17277', strength: 'answered', seen: '2015-02' },
      { id: 'centennial-bank', name: 'Centennial Bank', org: 'JackHenry', fid: '1533', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bank-trust', name: 'Central Bank & Trust', org: 'JackHenry', fid: '52080', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'century-bank-of-georgia', name: 'Century Bank of Georgia', org: 'JackHenry', fid: '56439', strength: 'answered', seen: '2015-02' },
      { id: 'chain-bridge-bank', name: 'Chain Bridge Bank', org: 'JackHenry', fid: '15150', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'chickasha-bank-trust', name: 'Chickasha Bank & Trust', org: 'JackHenry', fid: '51354', strength: 'answered', seen: '2015-02' },
      { id: 'citizens-bank-trust-co-mo', name: 'Citizens Bank & Trust Co - MO', org: 'JackHenry', fid: '3771', strength: 'answered', seen: '2015-02' },
      { id: 'citizens-south-bank', name: 'Citizens South Bank', org: 'JackHenry', fid: '12849', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'community-bank-joseph-or', name: 'Community Bank - Joseph, OR', org: 'JackHenry', fid: '13251', strength: 'answered', seen: '2015-02' },
      { id: 'communitybank-of-texas-na', name: 'CommunityBank of Texas, N.A', org: 'JackHenry', fid: '4716', strength: 'answered', seen: '2015-02' },
      { id: 'continental-bank', name: 'Continental Bank', org: 'JackHenry', fid: '1854', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'damariscotta-bank-trust-co', name: 'Damariscotta Bank & Trust Co', org: 'JackHenry', fid: '5974', strength: 'answered', seen: '2015-02' },
      { id: 'fidelity-bank-mi', name: 'Fidelity Bank, MI', org: 'JackHenry', fid: '11114', strength: 'answered', seen: '2015-02' },
      { id: 'first-american-bank-ok', name: 'First American Bank-OK', org: 'JackHenry', fid: '20070', strength: 'answered', seen: '2015-02' },
      { id: 'first-american-state-bank', name: 'First American State Bank', org: 'JackHenry', fid: '1764', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-reliance-bank', name: 'First Reliance Bank', org: 'JackHenry', fid: '2042', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-service-federal-credit-union', name: 'First Service Federal Credit Union', org: 'JackHenry', fid: '1022', strength: 'answered', seen: '2015-02' },
      { id: 'first-state-bank-of-blakely', name: 'First State Bank of Blakely', org: 'JackHenry', fid: '32463', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'first-state-bank-of-central-texas', name: 'First State Bank of Central Texas', org: 'JackHenry', fid: '12663', strength: 'answered', seen: '2015-02' },
      { id: 'flint-community-bank', name: 'Flint Community Bank', org: 'JackHenry', fid: '20181', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'florida-bank', name: 'Florida Bank', org: 'JackHenry', fid: '7455', strength: 'answered', seen: '2015-02' },
      { id: 'founders-bank-trust', name: 'Founders Bank & Trust', org: 'JackHenry', fid: '1759', strength: 'answered', seen: '2015-02' },
      { id: 'gibraltar-bank-fsb', name: 'Gibraltar Bank, FSB', org: 'JackHenry', fid: '1322', strength: 'answered', seen: '2015-02' },
      { id: 'green-bank-na', name: 'Green Bank, N.A.', org: 'JackHenry', fid: '18084', strength: 'answered', seen: '2015-02' },
      { id: 'gulfshore-bank', name: 'GulfShore Bank', org: 'JackHenry', fid: '14922', strength: 'answered', seen: '2015-02' },
      { id: 'harrington-bank', name: 'Harrington Bank', org: 'JackHenry', fid: '252', strength: 'answered', seen: '2015-02' },
      { id: 'heartland-national-bank', name: 'Heartland National Bank', org: 'JackHenry', fid: '2322', strength: 'answered', seen: '2015-02' },
      { id: 'hills-bank-trust', name: 'Hills Bank and Trust', org: 'JackHenry', fid: '1771', strength: 'answered', seen: '2012-10', dc: 'yes?' },
      { id: 'iberia-bank', name: 'Iberia Bank', org: 'JackHenry', fid: '1070', strength: 'answered', seen: '2015-02', dc: 'no?', ended: { loads: true, since: '2020', by: null, what: 'was taken over by First Horizon in 2020', successor: 'first-horizon' } },
      { id: 'jefferson-security-bank', name: 'Jefferson Security Bank', org: 'JackHenry', fid: '16227', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'kansas-state-bank', name: 'Kansas State Bank', org: 'JackHenry', fid: '57177', strength: 'answered', seen: '2015-02' },
      { id: 'kemba-credit-union-inc', name: 'Kemba Credit Union, Inc.', org: 'JackHenry', fid: '11807', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'keystone-bank', name: 'Keystone Bank', org: 'JackHenry', fid: '16338', strength: 'answered', seen: '2015-02' },
      { id: 'newtown-savings-bank', name: 'Newtown Savings Bank', org: 'JackHenry', fid: '2259', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'park-sterling-bank', name: 'Park Sterling Bank', org: 'JackHenry', fid: '12585', strength: 'listed', seen: '2015-02' },
      { id: 'peoples-bank-of-alabama', name: 'Peoples Bank of Alabama', org: 'JackHenry', fid: '15609', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'pinnacle-bank-of-south-carolina', name: 'Pinnacle Bank of South Carolina', org: 'JackHenry', fid: '4104', strength: 'answered', seen: '2015-02' },
      { id: 'premier-bank-tallahassee-fl', name: 'Premier Bank - Tallahassee, FL', org: 'JackHenry', fid: '1419', strength: 'answered', seen: '2015-02' },
      { id: 'salisbury-bank-trust-company', name: 'Salisbury Bank and Trust Company', org: 'JackHenry', fid: '11186', strength: 'answered', seen: '2015-02' },
      { id: 'select-bank-trust', name: 'Select Bank & Trust', org: 'JackHenry', fid: '2565', strength: 'answered', seen: '2015-02' },
      { id: 'simmons-first', name: 'Simmons First', aliases: ['Simmons First National Bank'], org: 'JackHenry', fid: '3779', strength: 'answered', seen: '2015-02' },
      { id: 'susquehanna-bank-group', name: 'Susquehanna Bank Group', org: 'JackHenry', fid: '1756', strength: 'answered', seen: '2015-02' },
      { id: 'the-bank-of-miami-na', name: 'The Bank of Miami, N.A', org: 'JackHenry', fid: '16230', strength: 'listed', seen: '2015-02' },
      { id: 'the-bank-of-san-antonio', name: 'The Bank of San Antonio', org: 'JackHenry', fid: '14523', strength: 'answered', seen: '2015-02' },
      { id: 'the-berkshire-bank-ny', name: 'The Berkshire Bank (NY)', org: 'JackHenry', fid: '330', strength: 'answered', seen: '2015-02' },
      { id: 'think-mutual-bank', name: 'Think Mutual Bank', org: 'JackHenry', fid: '10139', strength: 'answered', seen: '2015-02' },
      { id: 'valley-bank-trust-brighton-co', name: 'Valley Bank & Trust-Brighton,CO', org: 'JackHenry', fid: '4839', strength: 'answered', seen: '2015-02' },
      { id: 'western-national-bank', name: 'Western National Bank', org: 'JackHenry', fid: '615', strength: 'listed', seen: '2012-10', dc: 'no?' },
      { id: 'western-national-bank-tx', name: 'Western National Bank, TX', org: 'JackHenry', fid: '15567', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.netxclient.com',
    url: 'https://ofx.netxclient.com/cgi/OFXNetx',
    institutions: [
      { id: 'advantage-capital-corporation', name: 'Advantage Capital Corporation', org: 'American International General', fid: '023', brokerId: 'advcap.net', strength: 'listed', seen: '2015-02' },
      { id: 'amegy-investments-inc', name: 'Amegy Investments, Inc.', org: 'Amegy Investments, Inc.', fid: '047', strength: 'answered', seen: '2015-02' },
      { id: 'american-century-brokerage', name: 'American Century Brokerage', org: 'American Century Services Corp.', fid: '055', strength: 'answered', seen: '2015-02' },
      { id: 'amsouth-investment-services-inc', name: 'AmSouth Investment Services, Inc.', org: 'AMSOUTH', fid: '009', brokerId: 'amsouth.com', strength: 'answered', seen: '2012-10' },
      { id: 'axa-equitable', name: 'AXA Equitable', org: 'AXA', fid: '7199', brokerId: 'AXAonline.com', strength: 'listed', seen: '2015-02' },
      { id: 'barclays-bank-plc', name: 'Barclays Bank Plc.', org: 'Barclays Bank Plc.', fid: '069', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bmo-harris-financial-advisors-inc', name: 'BMO Harris Financial Advisors, Inc', org: 'BMO Harris Financial Advisors', fid: '032', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'cambridge-investment-research', name: 'Cambridge Investment Research', org: 'Cambridge Investment Research', fid: '042', strength: 'answered', seen: '2015-02' },
      { id: 'capital-guardian-llc', name: 'Capital Guardian LLC', org: 'Capital Guardian LLC', fid: '044', brokerId: 'capitalguardianllc.com', strength: 'answered', seen: '2015-02' },
      { id: 'cetera-advisor-networks-llc', name: 'Cetera Advisor Networks LLC', org: 'ING Advisors Network', fid: '057', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'cetera-advisors-llc', name: 'Cetera Advisors LLC', org: 'ING Advisors Network', fid: '058', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'citi-investments', name: 'Citi Investments', org: 'Citigroup', fid: '063', brokerId: 'citibank.com', strength: 'answered', seen: '2015-02' },
      { id: 'citi-personal-investments-intl', name: "Citi Personal Investments Int'l", org: 'Citigroup', fid: '061', strength: 'answered', seen: '2015-02' },
      { id: 'citi-personal-wealth-management', name: 'Citi Personal Wealth Management', org: 'Citigroup', fid: '060', brokerId: 'investments.citi.com', strength: 'answered', seen: '2015-02' },
      { id: 'citi-private-bank', name: 'Citi Private Bank', org: 'Citigroup', fid: '062', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'compass-brokerage', name: 'Compass Brokerage', org: 'Compass', fid: '039', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'credit-suisse-securities-usa-llc', name: 'Credit Suisse Securities USA LLC', org: 'Credit Suisse Securities USA LLC', fid: '001', brokerId: 'credit-suisse.com', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'cri-securities-llc', name: 'CRI Securities LLC', org: 'CRI Securities LLC', fid: '030', strength: 'answered', seen: '2015-02' },
      { id: 'csfb-private-client-services', name: 'CSFB Private Client Services', org: 'PCS', fid: '001', brokerId: 'csfbpcs.com', strength: 'answered', seen: '2015-02' },
      { id: 'cuna-brokerage-services-inc', name: 'CUNA Brokerage Services, Inc', org: 'CUNA Brokerage Services, Inc', fid: '052', strength: 'answered', seen: '2015-02' },
      { id: 'deutsche-bank-alex-brown', name: 'Deutsche Bank Alex. Brown', org: 'Deutsche Bank Securities, Inc.', fid: '019', strength: 'answered', seen: '2015-02' },
      { id: 'essex-financial-services-inc', name: 'Essex Financial Services, Inc.', org: 'Essex Financial Services, Inc.', fid: '049', strength: 'answered', seen: '2015-02' },
      { id: 'financial-network-investment-corp', name: 'Financial Network Investment Corp', org: 'ING Advisors Network', fid: '057', strength: 'answered', seen: '2015-02' },
      { id: 'first-command-financial-planning', name: 'First Command Financial Planning', org: 'First Command Financial Planning', fid: '064', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'first-republic-securities-company', name: 'First Republic Securities Company', org: 'First Republic Bank', fid: '010', strength: 'answered', seen: '2015-02' },
      { id: 'harris-investor-services-inc', name: 'Harris Investor Services, Inc', org: 'Harris Investor Services', fid: '032', strength: 'answered', seen: '2015-02' },
      { id: 'hewitt-financial-services', name: 'Hewitt Financial Services', org: 'Hewitt Financial Services LLC', fid: '037', brokerId: 'hewittfs.com', strength: 'answered', seen: '2012-10' },
      { id: 'ing-financial-partners', name: 'ING Financial Partners', org: 'ING Advisors Network', fid: '056', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'jefferies-company-wealth-mgmt', name: 'Jefferies & Company-Wealth Mgmt', org: 'Jefferies and Company, Inc.', fid: '059', strength: 'answered', seen: '2015-02' },
      { id: 'kms-financial-services-inc', name: 'KMS Financial Services, Inc.', org: 'KMS Financial Services, Inc.', fid: '031', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'm-t-securities-inc', name: 'M&T Securities, Inc.', org: 'MandT Bank Corporation', fid: '028', strength: 'answered', seen: '2015-02' },
      { id: 'mercantile-brokerage-services', name: 'Mercantile Brokerage Services', org: 'Mercantile Brokerage', fid: '011', brokerId: 'mercbrokerage.com', strength: 'listed', seen: '2015-02' },
      { id: 'metlife-securities', name: 'MetLife Securities', org: 'MetLife Securities', fid: '020', strength: 'answered', seen: '2015-02' },
      { id: 'netexchange-client', name: 'NetExchange Client', org: 'NXC', fid: '053', strength: 'answered', seen: '2015-02' },
      { id: 'netxinvestor', name: 'NetXInvestor', org: 'NXC', fid: '053', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'new-england-securities', name: 'New England Securities', org: 'New England Securities', fid: '021', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'next-financial-group-inc', name: 'NEXT Financial Group, Inc', org: 'NEXT Holdings, Inc', fid: '038', strength: 'answered', seen: '2015-02' },
      { id: 'nmis-llc', name: 'NMIS, LLC', org: 'NWM', fid: '027', strength: 'answered', seen: '2015-02' },
      { id: 'peremel-company-inc', name: 'Peremel & Company, Inc', org: 'Peremel', fid: '011', brokerId: 'access.peremel.com', strength: 'answered', seen: '2012-10' },
      { id: 'pershing-advisor-solutions', name: 'Pershing Advisor Solutions', org: 'IMS', fid: '015', strength: 'answered', seen: '2015-02' },
      { id: 'principal-financial-group', name: 'Principal Financial Group', org: 'Principal Financial Group', fid: '033', strength: 'answered', seen: '2015-02' },
      { id: 'royal-alliance', name: 'Royal Alliance', org: 'AIG Royal Alliance Associates', fid: '045', brokerId: 'royalalliance.com', strength: 'answered', seen: '2015-02' },
      { id: 'ryan-beck-co', name: 'Ryan Beck & Co', org: 'RYANBECK', fid: '008', strength: 'answered', seen: '2012-10' },
      { id: 'securian-financial-services-inc', name: 'Securian Financial Services, Inc.', org: 'Securian Financial Services, Inc', fid: '029', brokerId: 'securianfinancial.com', strength: 'answered', seen: '2015-02' },
      { id: 'sentinel-securities-inc', name: 'Sentinel Securities, Inc .', org: 'Sentinel Securities, Inc.', fid: '051', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'shareholders-service-group-inc', name: 'Shareholders Service Group, Inc.', org: 'Shareholders Service Group, Inc.', fid: '048', strength: 'answered', seen: '2015-02' },
      { id: 't-rowe-price-brokerage', name: 'T. Rowe Price Brokerage', org: 'TRP', fid: '016', brokerId: 'troweprice.com', strength: 'answered', seen: '2015-02' },
      { id: 'tiaa-cref', name: 'TIAA-CREF', org: 'tiaa-cref.org', fid: '041', brokerId: 'tiaa-cref.org', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'tiaa-cref-brokerage-services', name: 'TIAA-CREF Brokerage Services', org: 'TIAA-CREF', fid: '041', brokerId: 'tiaa-cref.org', strength: 'answered', seen: '2015-02' },
      { id: 'tower-square-securities-inc', name: 'Tower Square Securities, Inc.', org: 'MetLife', fid: '036', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'voya-financial-advisors-inc', name: 'Voya Financial Advisors, Inc.', org: 'Voya Financial Advisors, Inc.', fid: '056', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'wall-street-access', name: 'Wall Street Access', org: 'WSA', fid: '005', brokerId: 'wsaccess.com', strength: 'answered', seen: '2012-10' },
      { id: 'walnut-street-securities', name: 'Walnut Street Securities', org: 'Walnut Street Securities', fid: '022', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'winslow-evans-crocker-inc', name: 'Winslow, Evans and Crocker, Inc', org: 'Winslow Evans Crocker Inc.', fid: '046', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
      { id: 'ziegler', name: 'Ziegler', org: 'Ziegler', fid: '050', url: 'https://ofx.netxclient.com/NxcOFXServer/InvestmentDownload', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx1.evault.ws',
    url: 'https://ofx1.evault.ws/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'alliance-bank-of-arizona', name: 'Alliance Bank of Arizona', org: 'LOneEightyFour', fid: '122105980', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'alta-alliance-bank', name: 'ALTA Alliance Bank', org: 'LOneNintyTwo', fid: '121144463', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'atlantic-capital-bank', name: 'Atlantic Capital Bank', org: 'MSevenSixty', fid: '061121025', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'bank-of-california', name: 'Bank of California', org: 'MSevenFiveSeven', fid: '122243774', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-of-the-james', name: 'Bank of the James', org: 'MEightEightSix', fid: '051409016', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bbcn-bank', name: 'BBCN Bank', org: 'MEightSixtyFive', fid: '122041235', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'benchmark-bank', name: 'Benchmark Bank', org: 'PZeroFortyNine', fid: '111902055', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'beverly-cooperative-bank-043t', name: 'Beverly Cooperative Bank (043T)', org: '043T', fid: '211372145', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'bridgehampton-national-bank', name: 'Bridgehampton National Bank', org: 'MSevenTwentyThree', fid: '021406667', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'cape-bank', name: 'Cape Bank', org: 'Fiserv Premier Atlanta Cape Bank', fid: '772', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'carolina-alliance-bank', name: 'Carolina Alliance Bank', org: 'MONEZEROFIVE', fid: '14001', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'carrollton-bank', name: 'Carrollton Bank', org: 'MTwoZeroFour', fid: '081906013', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'certusbank-na', name: 'CertusBank, NA', org: 'MEightEightThree', fid: '053208118', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'citizens-farmers-bank', name: 'Citizens & Farmers Bank', org: 'MThreeZeroThree', fid: '051404901', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'enterprise-bank', name: 'Enterprise Bank', org: 'MNineZeroZero', fid: '104000469', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'first-federal-s-l-of-lorain', name: 'First Federal S&L of Lorain', org: '095D', fid: '241271342', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'first-national-bank-trust', name: 'First National Bank & Trust', org: 'MSEVENSIXTYONE', fid: '075900973', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'florida-gulf-bank', name: 'Florida Gulf Bank', org: 'MSevenFiftyOne', fid: '067015119', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'fremont-bank', name: 'Fremont Bank', org: 'MSevenThreeOne', fid: '121107882', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'georgia-commerce-bank', name: 'Georgia Commerce Bank', org: 'MEightFiveNine', fid: '061020317', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'georgia-primary-bank', name: 'Georgia Primary Bank', org: 'MEightTwoEight', fid: '061021060', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'golden-valley-bank-retail', name: 'Golden Valley Bank Retail', org: 'PFourTwoFive', fid: '121144272', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'greenchoice-bank', name: 'GreenChoice Bank', org: 'MEightSixtySix', fid: '271971528', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'hampton-roads-bancshares', name: 'Hampton Roads Bancshares', org: 'MSevenNineteen', fid: '051405188', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'home-federal-savings-bank-mn-ia', name: 'Home Federal Savings Bank(MN/IA)', org: 'VOneTwentySevenG', fid: '291270050', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'lake-community-bank', name: 'Lake Community Bank', org: 'MZeroTwoEight', fid: '091008299', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'marthas-vineyard-savings-bank', name: 'Marthas Vineyard Savings Bank', org: '035T', fid: '211372925', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'midtown-bank', name: 'Midtown Bank', org: 'MNineZeroThree', fid: '061020375', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'mohave-state-bank', name: 'Mohave State Bank', org: 'MSevenTwentyTwo', fid: '122105472', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'montgomery-bank', name: 'Montgomery Bank', org: 'MZeroFiveSix', fid: '081517761', version: '211', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'northstar-bank-carlile-company', name: 'Northstar Bank Carlile Company', org: 'MEightZeroFive', fid: '111904817', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'oak-bank-wi', name: 'Oak Bank - WI', org: 'MEIGHTEIGHTFOUR', fid: '075917924', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'opus-bank', name: 'Opus Bank', org: 'MEightSevenSix', fid: '122239270', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'pinnacle-bank-ga', name: 'Pinnacle Bank, GA', org: 'PTwoZeroThree', fid: '061101294', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'royal-bank-america', name: 'Royal Bank America', org: 'MZeroTwoFive', fid: '031901097', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'shore-bank', name: 'Shore Bank', org: 'MEightSevenNine', fid: '251472542', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'south-carolina-bank-trust', name: 'South Carolina Bank and Trust', aliases: ['North Carolina Bank and Trust'], org: 'MZeroOneZeroSCBT', fid: '053200983', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'southern-community-bank-trust-scb-t', name: 'Southern Community Bank & Trust (SCB&T)', org: 'MOneFortyEight', fid: '053112097', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'southwest-securities-fsb', name: 'Southwest Securities, FSB', org: 'MTwoTwoFive', fid: '311993149', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'spring-bank', name: 'Spring Bank', org: 'MNineOneFive', fid: '026014135', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'st-marys-credit-union', name: "St. Mary's Credit Union", org: 'MSevenThirtySeven', fid: '211384214', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'state-bank-of-countryside', name: 'State bank of Countryside', org: 'MEightEightZero', fid: '071924212', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'sunshine-bank', name: 'Sunshine Bank', org: '015G', fid: '263185018', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'the-bank-of-princeton', name: 'The Bank of Princeton', org: 'MSevenFourSeven', fid: '031207940', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'the-business-bank-of-st-louis', name: 'The Business Bank of St Louis', org: 'MNineNineOne', fid: '081018998', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'the-fauquier-bank', name: 'The Fauquier Bank', org: 'MEightFiveZero', fid: '051402259', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'the-private-bank-of-california', name: 'The Private Bank of California', org: 'MSevenFortyThree', fid: '122244139', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'the-shelby-state-bank', name: 'The Shelby State Bank', org: 'INineSevenTwo', fid: '072411708', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'traverse-city-state-bank', name: 'Traverse City State Bank', org: 'MTwoThreeThree', fid: 'I233', url: 'https://ofx1.evault.ws/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'triumph-community-bank', name: 'Triumph Community Bank', org: 'WTwentyOneFifty', fid: '071104647', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'valley-business-bank', name: 'Valley Business Bank', org: 'MSevenFortyTwo', fid: '121142397', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'virginia-company-bank', name: 'Virginia Company Bank', org: 'MTwoSixThree', fid: '051409304', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'wilshire-bank', name: 'Wilshire Bank', org: 'MSevenSixEight', fid: '122038251', version: '211', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'www.oasis.cfree.com',
    url: 'https://www.oasis.cfree.com/fip/genesis/prod/0SWBTX.ofx',
    institutions: [
      { id: 'amegy-bank-of-texas', name: 'Amegy Bank of Texas', org: '292-3', fid: 'SWBTX', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'american-national-bank', name: 'American National Bank', org: 'ISC', fid: '4201', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04201.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-one-chicago', name: 'Bank One (Chicago)', org: 'ISC', fid: '1501', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01501.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bank-one-michigan-florida', name: 'Bank One (Michigan and Florida)', org: 'ISC', fid: '6001', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06001.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bankboston-pc-banking', name: 'BankBoston PC Banking', org: 'ISC', fid: '1801', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01801.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'california-bank-trust', name: 'California Bank and Trust', org: '401', fid: '4679', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04679.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'centura-bank', name: 'Centura Bank', org: 'ISC', fid: '1901', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01901.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'charter-one', name: 'Charter One', org: 'FiServ CheckFree', fid: '4669', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04669.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'charter-one-small-business', name: 'Charter One Small Business', org: 'FiServ CheckFree', fid: '4670', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04670.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'checkfree-direct', name: 'CheckFree Direct', org: 'ISC', fid: '1000', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01000.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'citizens-bank-business', name: 'Citizens Bank - Business', org: 'CheckFree OFX', fid: '4639', url: 'https://www.oasis.cfree.com/04639.ofxgp', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'citizens-bank-mid-atl-consumer', name: 'Citizens Bank - Mid Atl - Consumer', aliases: ['Citizens Bank - Consumer'], org: 'Citizens Bank', fid: 'CTZBK', url: 'https://www.oasis.cfree.com/fip/genesis/prod/0CTZBK.ofx', strength: 'answered', seen: '2012-10', dc: 'yes?' },
      { id: 'citizens-bank-new-england-business', name: 'Citizens Bank - New England - Business', org: 'Citizens Bank', fid: '4639', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04639.ofx', strength: 'answered', seen: '2012-10' },
      { id: 'colonial-bank', name: 'Colonial Bank', org: 'ISC', fid: '1046', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01046.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'comercial-federal-bank', name: 'Comercial Federal Bank', org: 'ISC', fid: '4801', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04801.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'comerica', name: 'Comerica Bank', aliases: ['Comerica'], org: 'ISC', fid: '5601', url: 'https://www.oasis.cfree.com/fip/genesis/prod/05601.ofx', strength: 'answered', seen: '2015-02', dc: 'yes' },
      { id: 'commerce-bank-mo-ks-il', name: 'Commerce Bank - MO, KS, IL', org: 'ISC', fid: '4001', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04001.ofx', strength: 'answered', seen: '2015-02', dc: 'yes' },
      { id: 'commerce-bank-na', name: 'Commerce Bank, NA', org: 'Commerce Bank NA', fid: '4001', url: 'https://www.oasis.cfree.com/4001.ofxgp', strength: 'listed', seen: '2015-02', dc: 'yes' },
      { id: 'commercial-federal-bank', name: 'Commercial Federal Bank', org: 'CommercialFederalBank', fid: '4801', url: 'https://www.oasis.cfree.com/4801.ofxgp', strength: 'listed', seen: '2015-02' },
      { id: 'eab', name: 'EAB', org: 'ISC', fid: '6505', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06505.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'eastern-bank', name: 'Eastern Bank', org: 'ISC', fid: '6201', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06201.ofx', strength: 'answered', seen: '2015-02', dc: 'yes' },
      { id: 'first-citizens', name: 'First Citizens Bank', aliases: ['First Citizens'], org: 'First Citizens', fid: '1849', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01849.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'first-citizens-bank-nc-va-wv', name: 'First Citizens Bank, NC, VA, WV', org: 'ISC', fid: '5013', url: 'https://www.oasis.cfree.com/fip/genesis/prod/05013.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'm-and-t-bank-checkfree', name: 'M&T Bank', org: 'ISC', fid: '2601', url: 'https://www.oasis.cfree.com/fip/genesis/prod/02601.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-security-investment', name: 'First Security Investment', org: 'ISC', fid: '6510', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06510.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'firstar', name: 'Firstar', org: 'ISC', fid: '1255', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01255.ofx', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'jp-morgan', name: 'J.P. Morgan', org: 'ISC', fid: '4701', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04701.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'keybank', name: 'KeyBank', aliases: ['Key Bank'], org: 'KeyBank', fid: '5901', url: 'https://www.oasis.cfree.com/fip/genesis/prod/05901.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'lasalle-bank-midwest', name: 'LaSalle Bank Midwest', org: 'LaSalleBankMidwest', fid: '1101', url: 'https://www.oasis.cfree.com/1101.ofxgp', strength: 'listed', seen: '2015-02' },
      { id: 'lasalle-bank-na', name: 'LaSalle Bank N.A.', org: 'ISC', fid: '6501', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06501.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'marquette-banks', name: 'Marquette Banks', org: 'ISC', fid: '1301', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01301.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mellon-bank', name: 'Mellon Bank', org: 'ISC', fid: '1226', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01226.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'michigan-national', name: 'Michigan National', org: 'ISC', fid: '1101', url: 'https://www.oasis.cfree.com/fip/genesis/prod/01101.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'national-bank-of-arizona', name: 'National Bank of Arizona', org: '294-3', fid: '4677', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04677.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'national-penn-bank', name: 'National Penn Bank', org: 'ISC', fid: '6301', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06301.ofx', strength: 'answered', seen: '2015-02' },
      { id: 'nevada-state-bank', name: 'Nevada State Bank', org: '295-3', fid: '4680', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04680.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'nevada-state-bank-5401', name: 'Nevada State Bank', org: 'ISC', fid: '5401', url: 'https://www.oasis.cfree.com/fip/genesis/prod/05401.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'norwest', name: 'Norwest', org: 'ISC', fid: '4601', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04601.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'south-trust-bank', name: 'South Trust Bank', org: 'ISC', fid: '6101', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06101.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'spectrum-connect-reich-tang', name: 'Spectrum Connect/Reich & Tang', org: 'SpectrumConnect', fid: '6510', url: 'https://www.oasis.cfree.com/6510.ofxgp', strength: 'listed', seen: '2015-02' },
      { id: 'standard-federal-bank', name: 'Standard Federal Bank', org: 'ISC', fid: '6507', url: 'https://www.oasis.cfree.com/fip/genesis/prod/06507.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'united-california-bank', name: 'United California Bank', org: 'ISC', fid: '2701', url: 'https://www.oasis.cfree.com/fip/genesis/prod/02701.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'zions', name: 'Zions First National Bank', org: '244-3', fid: '4676', url: 'https://www.oasis.cfree.com/fip/genesis/prod/04676.ofx', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.netteller.com',
    url: 'https://ofx.netteller.com',
    institutions: [
      { id: 'alpine-bank', name: 'Alpine Bank', aliases: ['Alpine Banks of Colorado'], org: 'JackHenry', fid: '64317', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'american-momentum-bank', name: 'American Momentum Bank', org: 'JackHenry', fid: '65010', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'anchor-bank-na', name: 'Anchor Bank, N.A.', org: 'JackHenry', fid: '1312', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'andrews-fcu', name: 'Andrews FCU', org: 'JackHenry', fid: '6377', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bank-at-united', name: 'Bank at United', org: 'JackHenry', fid: '2013', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bank-of-north-carolina', name: 'Bank of North Carolina', org: 'JackHenry', fid: '59013', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'bank-san-juans', name: 'Bank San Juans', org: 'JackHenry', fid: '62124', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'bar-harbor-bank-trust', name: 'Bar Harbor Bank and Trust', org: 'JackHenry', fid: '3996', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'cashmere-valley-bank', name: 'Cashmere Valley Bank', org: 'JackHenry', fid: '1057', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'centric-bank', name: 'Centric Bank', org: 'JackHenry', fid: '4652', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'coconut-grove-bank-fl', name: 'Coconut Grove Bank FL', org: 'JackHenry', fid: '64761', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'community-bank-na', name: 'Community Bank NA', org: 'JackHenry', fid: '4415', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'damariscotta-bank-trust', name: 'Damariscotta Bank & Trust', org: 'JackHenry', fid: '65436', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'first-bank-nj', name: 'First Bank - NJ', org: 'JackHenry', fid: '15141', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
      { id: 'freedom-bank-of-america', name: 'Freedom Bank of America', org: 'JackHenry', fid: '17040', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'georgia-bank-trust', name: 'Georgia Bank and Trust', org: 'JackHenry', fid: '64917', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'grand-bank-nj', name: 'Grand Bank - NJ', org: 'JackHenry', fid: '16236', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'iberiabank', name: 'IBERIABANK', org: 'JackHenry', fid: '64701', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'institution-for-savings', name: 'Institution for Savings', org: 'JackHenry', fid: '59466', strength: 'answered', seen: '2015-02', dc: 'no' },
      { id: 'lcnb', name: 'LCNB', org: 'JackHenry', fid: '65325', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'mainstreet-bank', name: 'MainStreet Bank', org: 'JackHenry', fid: '59673', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'meadows-bank', name: 'Meadows Bank', org: 'JackHenry', fid: '63855', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'midsouth-national-bank-la', name: 'MidSouth National Bank - LA', org: 'JackHenry', fid: '51270', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'national-bank-of-commerce', name: 'National Bank of Commerce', org: 'JackHenry', fid: '3479', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'pilot-bank', name: 'Pilot Bank', org: 'JackHenry', fid: '2773', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'schools-financial-cu', name: 'Schools Financial CU', org: 'JackHenry', fid: '4319', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'servisfirst-bank', name: 'ServisFirst Bank', org: 'JackHenry', fid: '6326', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'signature-bank-minnetonka-mn', name: 'Signature Bank - Minnetonka, MN', org: 'JackHenry', fid: '189', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'simmons-bank', name: 'Simmons Bank', org: 'JackHenry', fid: '65130', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'springfield-first-community', name: 'Springfield First Community', org: 'JackHenry', fid: '19434', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'think-bank', name: 'Think Bank', org: 'JackHenry', fid: '4340', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes' },
      { id: 'truity-credit-union', name: 'Truity Credit Union', org: 'JackHenry', fid: '6164', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes' },
      { id: 'union-bank-trust-company', name: 'Union Bank & Trust Company', org: 'JackHenry', fid: '5148', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'united-bank-alabama', name: 'United Bank - Alabama', org: 'JackHenry', fid: '2657', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'univest-bank-trust-co', name: 'Univest Bank & Trust Co', org: 'JackHenry', fid: '65388', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'west-shore-bank', name: 'West Shore Bank', org: 'JackHenry', fid: '3021', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
    ],
  },
  {
    host: 'ofx.fundsxpress.com',
    url: 'https://ofx.fundsxpress.com/piles/ofx.pile/',
    institutions: [
      { id: 'affinity-bank-atl', name: 'Affinity Bank - ATL', org: 'FundsXpress', fid: 'ABAGA', strength: 'listed', seen: '2015-02' },
      { id: 'american-bank-of-huntsville', name: 'American Bank of Huntsville', org: 'FundsXpress', fid: 'WFBHAL', strength: 'listed', seen: '2015-02' },
      { id: 'andrews-federal-credit-union', name: 'Andrews Federal Credit Union', org: 'FundsXpress', fid: 'AFCUSMD', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'arrowhead-bank', name: 'Arrowhead Bank', org: 'FundsXpress', fid: 'X2ZABLT', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'avenue-bank', name: 'Avenue Bank', org: 'FundsXpress Financial Network', fid: 'ABNTN', strength: 'listed', seen: '2015-02' },
      { id: 'banesco-usa', name: 'Banesco USA', org: 'FundsXpress, Inc', fid: 'BBUBDFL', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'bank-of-franklin-county-mo', name: 'Bank of Franklin County, MO', org: 'FundsXpress', fid: 'BFCWMO', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'bank-of-new-jersey', name: 'Bank of New Jersey', org: 'FundsXpress', fid: 'BNJFLNJ', strength: 'listed', seen: '2015-02' },
      { id: 'bank-of-southern-california', name: 'Bank of Southern California', org: 'FundsXpress, Inc.', fid: 'BSCSDCA', strength: 'listed', seen: '2015-02' },
      { id: 'bank-of-utah', name: 'Bank of Utah', org: 'FundsXpress', fid: 'BUOUT', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'boston-private-bank-2011', name: 'Boston Private Bank - 2011', org: 'FundsXpress', fid: 'BPBTCMA', url: 'https://ofx.fundsxpress.com/piles/ofx.pile', strength: 'listed', seen: '2015-02' },
      { id: 'boston-private-bank-trust-co', name: 'Boston Private Bank & Trust Co', org: 'FundsXpress, Inc', fid: 'CBBWA', version: '160', strength: 'settings', seen: '2019-05' },
      { id: 'charlotte-state-bank-trust', name: 'Charlotte State Bank & Trust', aliases: ['Charlotte State Bank'], org: 'Certegy', fid: 'CSBPCFL', strength: 'listed', seen: '2015-02' },
      { id: 'citizens-bank-trust', name: 'Citizens Bank and Trust', org: 'FundsXpress', fid: 'CBTGAL', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'citizens-union-bank', name: 'Citizens Union Bank', org: 'FundsXpress', fid: 'CUBSKY', strength: 'listed', seen: '2015-02' },
      { id: 'community-bank-of-lexington-tn', name: 'Community Bank of Lexington TN', org: 'FundsXpress Inc.', fid: 'CBLTN', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'community-first-bank-heartland', name: 'Community First Bank Heartland', org: 'FundsXpress', fid: 'FSBDIL', strength: 'listed', seen: '2015-02' },
      { id: 'covenant-bank-leeds', name: 'Covenant Bank Leeds', org: 'FundsXpress Financial Network', fid: 'CBLAL', strength: 'listed', seen: '2015-02' },
      { id: 'cross-keys-bank', name: 'Cross Keys Bank', org: 'FundsXpress Financial, Inc', fid: 'CKBSJLA', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'first-security-bank-searcy-ar', name: 'First Security Bank, Searcy AR', org: 'FundsXpress, Inc.', fid: 'SZFSBSA', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'florida-bank-of-commerce', name: 'Florida Bank of Commerce', org: 'FundsXpress', fid: 'FBCOFL', strength: 'listed', seen: '2015-02' },
      { id: 'guaranty-bank-trust-na', name: 'Guaranty Bank & Trust, N.A.', org: 'FundsXpress Inc', fid: 'GBBMPTX', strength: 'listed', seen: '2015-02' },
      { id: 'happy-state-bank', name: 'Happy State Bank', org: 'FundsXpress Financial Network', fid: 'HSBHTX', strength: 'listed', seen: '2015-02' },
      { id: 'legend-bank', name: 'Legend Bank', org: 'FundsXpress', fid: 'LBBTX', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'metro-bank-al', name: 'Metro Bank AL', org: 'FundsXpress', fid: 'MBPAL', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'nexbank', name: 'NexBank', org: 'FundsXpress Financial Network', fid: 'NBDTX', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'old-florida', name: 'Old Florida', org: 'FundsXpress Finacial Network', fid: 'ONBLFL', strength: 'listed', seen: '2015-02' },
      { id: 'peoples-bank-nc', name: 'Peoples Bank NC', org: 'FundsXpress, Inc', fid: 'PBNNC', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'peoples-bank-of-east-tn', name: 'Peoples Bank of East TN', org: 'Fundsxpress Financal', fid: 'PBMCMTN', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'pinnacle-financial-partners', name: 'Pinnacle Financial Partners', org: 'FundsXpress', fid: 'PFPNTN', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'prosperity-bank-tx', name: 'Prosperity Bank (TX)', org: 'FundsXpress', fid: 'PBSLTX', strength: 'listed', seen: '2015-02' },
      { id: 'wauchula-state-bank', name: 'Wauchula State Bank', org: 'FundsXpress, Inc.', fid: 'WSBWFL', strength: 'listed', seen: '2015-02' },
      { id: 'western-bank-lordsburg-nm', name: 'Western Bank - Lordsburg, NM', org: 'FundsXpress', fid: 'WBLNM', strength: 'listed', seen: '2015-02' },
      { id: 'wheatland-bank', name: 'Wheatland Bank', org: 'FundsXpress Network Inc.', fid: 'WBSWA', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.centralbancompany.com',
    url: 'https://ofx.centralbancompany.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'boone-county-bank-business', name: 'Boone County Bank - Business', org: '081500859', fid: '760', strength: 'answered', seen: '2015-02' },
      { id: 'boone-county-bank-personal', name: 'Boone County Bank - Personal', org: '081500859', fid: '160', strength: 'answered', seen: '2015-02' },
      { id: 'central-bank-mo-business', name: 'Central Bank MO - Business', org: '086500634', fid: '759', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bank-mo-personal', name: 'Central Bank MO - Personal', org: '086500634', fid: '159', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bank-of-audrain-co-bus', name: 'Central Bank of Audrain Co-Bus', org: '081501489', fid: '768', strength: 'answered', seen: '2015-02' },
      { id: 'central-bank-of-audrain-co-pers', name: 'Central Bank of Audrain Co-Pers', org: '081501489', fid: '168', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bank-of-st-louis-bus', name: 'Central Bank of St. Louis - Bus', org: '081004601', fid: '762', strength: 'answered', seen: '2015-02' },
      { id: 'central-bank-of-st-louis-pers', name: 'Central Bank of St. Louis - Pers', org: '081004601', fid: '162', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bolo-business', name: 'Central BOLO - Business', org: '081509070', fid: '764', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'central-bolo-personal', name: 'Central BOLO - Personal', org: '081509070', fid: '164', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'city-bank-business', name: 'City Bank - Business', org: '081500749', fid: '767', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'city-bank-personal', name: 'City Bank - Personal', org: '081500749', fid: '167', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'empire-bank-business', name: 'Empire Bank - Business', org: '086518477', fid: '761', strength: 'answered', seen: '2015-02' },
      { id: 'empire-bank-personal', name: 'Empire Bank - Personal', org: '086518477', fid: '161', strength: 'answered', seen: '2015-02' },
      { id: 'first-national-bank-of-st-louis', name: 'First National Bank of St. Louis', org: '81004601', fid: '162', strength: 'listed', seen: '2015-02' },
      { id: 'jefferson-bank-business', name: 'Jefferson Bank - Business', org: '086501578', fid: '763', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'jefferson-bank-personal', name: 'Jefferson Bank - Personal', org: '086501578', fid: '163', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'metcalf-bank-business', name: 'Metcalf Bank - Business', org: '101201892', fid: '769', strength: 'answered', seen: '2015-02' },
      { id: 'metcalf-bank-personal', name: 'Metcalf Bank - Personal', org: '101201892', fid: '823', strength: 'answered', seen: '2015-02' },
      { id: 'onb-bank-business', name: 'ONB Bank - Business', org: '103912723', fid: '753', strength: 'answered', seen: '2015-02' },
      { id: 'onb-bank-personal', name: 'ONB Bank - Personal', org: '103912723', fid: '1257', strength: 'answered', seen: '2015-02' },
      { id: 'ozark-mountain-bank-business', name: 'Ozark Mountain Bank - Business', org: '081518375', fid: '766', strength: 'answered', seen: '2015-02' },
      { id: 'ozark-mountain-bank-personal', name: 'Ozark Mountain Bank - Personal', org: '081518375', fid: '166', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx3.financialtrans.com',
    url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=3000812',
    institutions: [
      { id: 'aim-investments', name: 'AIM Investments', brokerId: 'dstsystems.com', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'ariel-mutual-funds', name: 'Ariel Mutual Funds', org: 'DST', brokerId: 'ariel.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=50017080411', version: '202', strength: 'settings', seen: '2019-05' },
      { id: 'columbia-management', name: 'Columbia Management', org: 'Columbia', fid: '18468', brokerId: 'columbiafunds.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=80214112012010800', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'dodge-cox-funds', name: 'Dodge & Cox Funds', brokerId: 'dodgeandcox.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=50314030604', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'dreyfus', name: 'Dreyfus', org: 'DST', brokerId: 'www.dreyfus.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=703170424052018', strength: 'listed', seen: '2015-02' },
      { id: 'dws-scudder-investments', name: 'DWS Scudder Investments', org: 'DWS Scudder', fid: '9427', brokerId: 'dws-investments.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=718022003030417', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'edvest-college-savings-plan', name: 'Edvest College Savings Plan', org: 'tiaawisconsin', fid: '14038', brokerId: 'tiaa-cref.org', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=6190800002208', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'harbor-funds', name: 'Harbor Funds', org: 'harbor', fid: '20280', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=6070017011417', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'invesco', name: 'Invesco', org: 'Invesco', fid: '1214', strength: 'answered', seen: '2015-02' },
      { id: 'janus', name: 'Janus', brokerId: 'janus.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=50900132018', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'janus-6115', name: 'Janus', org: 'janus', fid: '6115', brokerId: 'janus.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=50900132018', strength: 'answered', seen: '2015-02' },
      { id: 'jp-morgan-funds', name: 'J.P. Morgan Funds', org: 'jpmorgan', fid: '15436', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=80915121417060013', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'mfs-retirement-access-employee', name: 'MFS Retirement Access (Employee)', org: 'MFSEMPLOYEE', fid: '3045', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=3120518', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'oakmark', name: 'Oakmark', org: 'oakmark', fid: '51537', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=714001012001710', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'oregon-college-savings-plan', name: 'Oregon College Savings Plan', org: 'tiaaoregon', fid: '51498', brokerId: 'tiaa-cref.org', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=b1908000027141704061413', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'path2college-529-plan', name: 'Path2College 529 Plan', org: 'tiaaga', fid: '52902', brokerId: 'path2college.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=719080000270600', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'principal', name: 'Principal', org: 'principal', fid: '16857', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=722120617142015', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'scholarshare-csp', name: 'ScholarShare CSP', org: 'tiaaca', fid: '53532', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=719080000270200', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'van-kampen-funds-inc', name: 'Van Kampen Funds, Inc.', org: 'Van Kampen Funds, Inc.', fid: '3625', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=9210013100012150413', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'waddell-reed-ivy-funds', name: 'Waddell & Reed - Ivy Funds', org: 'waddell', fid: '49623', brokerId: 'waddell.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=722000303041111', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'wells-fargo-advantage-funds', name: 'Wells Fargo Advantage Funds', org: 'DST', brokerId: 'dstsystems.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=6181917141306', version: '202', strength: 'settings', seen: '2019-05' },
      { id: 'wells-fargo-advantage-funds-000000', name: 'Wells Fargo Advantage Funds', org: 'Wells', fid: '000000', brokerId: 'wellsfargo.com', url: 'https://ofx3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=6181917141306', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'directline.netteller.com',
    url: 'https://directline.netteller.com',
    institutions: [
      { id: 'american-national-bank-tx', name: 'American National Bank TX', org: 'JackHenry', fid: '2275', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'american-state-bank-tx', name: 'American State Bank - TX', org: 'JackHenry', fid: '57732', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bank-of-the-cascades-formerly-farmers', name: 'Bank of the Cascades (formerly Farmers and Merchants Bank)', org: 'JackHenry', fid: '4751', url: 'https://directline.netteller.com/', strength: 'answered', seen: '2012-10' },
      { id: 'bofi-federal-bank', name: 'BofI Federal Bank', org: 'JackHenry', fid: '56817', strength: 'answered', seen: '2015-02' },
      { id: 'bofi-federal-bank-122287251', name: 'Bofi federal bank', org: 'Bofi Federal Bank - Business', fid: '122287251', strength: 'listed', seen: '2015-02' },
      { id: 'chittenden-bank', name: 'Chittenden Bank', org: 'JackHenry', fid: '10962', strength: 'answered', seen: '2015-02' },
      { id: 'first-commonwealth-bank-pa', name: 'First Commonwealth Bank - PA', org: 'JackHenry', fid: '12160', strength: 'answered', seen: '2015-02' },
      { id: 'first-national-bank-texas', name: 'First National Bank (Texas)', org: 'JackHenry', fid: '12840', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'jefferson-bank-trust-co', name: 'Jefferson Bank & Trust Co.', org: 'JackHenry', fid: '54639', strength: 'answered', seen: '2015-02' },
      { id: 'ku-credit-union', name: 'KU Credit Union', org: 'JackHenry', fid: '42225', strength: 'listed', seen: '2015-02' },
      { id: 'mainline-national-bank', name: 'Mainline National Bank', org: 'JackHenry', fid: '9869', strength: 'listed', seen: '2015-02' },
      { id: 'southwest-missouri-bank', name: 'Southwest Missouri Bank', org: 'Jack Henry', fid: '101203641', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'state-bank-trust-macon-ga', name: 'State Bank & Trust - Macon, GA', org: 'JackHenry', fid: '11500', strength: 'answered', seen: '2015-02' },
      { id: 'steele-street-bank-trust', name: 'Steele Street Bank & Trust', org: 'JackHenry', fid: '3243', strength: 'answered', seen: '2015-02' },
      { id: 'tib-bank', name: 'TIB Bank', org: 'JackHenry', fid: '11115', strength: 'listed', seen: '2015-02' },
      { id: 'university-of-il-empl-cu', name: 'University of IL Empl CU', org: 'JackHenry', fid: '59049', strength: 'answered', seen: '2015-02' },
      { id: 'washington-trust-bank-57558', name: 'Washington Trust Bank', org: 'JackHenry', fid: '57558', strength: 'answered', seen: '2015-02' },
      { id: 'woodsboro-bank', name: 'Woodsboro Bank', org: 'JackHenry', fid: '7479', strength: 'answered', seen: '2012-10', dc: 'no' },
    ],
  },
  {
    host: 'www.netit.financial-net.com',
    url: 'https://www.netit.financial-net.com/ofx',
    institutions: [
      { id: 'abbott-laboratories-ecu-alec', name: 'Abbott Laboratories ECU - ALEC', aliases: ['Abbott Laboratories Employee CU'], org: 'Abbott Laboratories ECU - ALEC', fid: '35MXN', url: 'https://www.netit.financial-net.com/ofx/', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'bankdirect', name: 'BankDirect', org: 'BankDirect', fid: '33BAG', strength: 'answered', seen: '2015-02' },
      { id: 'call-federal-credit-union', name: 'Call Federal Credit Union', org: 'Call Federal Credit Union', fid: '3DY11', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'central-missouri-community-cu', name: 'Central Missouri Community CU', org: 'Central Missouri Community CU', fid: '4ZAGF', url: 'https://www.netit.financial-net.com/ofx/', strength: 'answered', seen: '2015-02' },
      { id: 'collegedale-credit-union', name: 'Collegedale Credit Union', org: 'CollegedaleCU', fid: '35GFA', strength: 'answered', seen: '2015-02' },
      { id: 'collins-community-credit-union', name: 'Collins Community Credit Union', org: 'Collins Community Credit Union', fid: '33KP3', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'del-one-federal-credit-union', name: 'Del-One Federal Credit Union', org: 'Del-One Federal Credit Union', fid: '63UZA', url: 'https://www.netit.financial-net.com/ofx/', strength: 'answered', seen: '2015-02' },
      { id: 'indiana-members-credit-union', name: 'Indiana Members Credit Union', org: 'Indiana Members Credit Union', fid: '00FX3', strength: 'answered', seen: '2012-10', dc: 'no?' },
      { id: 'intouch-credit-union', name: 'InTouch Credit Union', org: 'InTouch Credit Union', fid: '003U1', strength: 'answered', seen: '2015-02', dc: 'no?' },
      { id: 'kue-federal-credit-union', name: 'KUE Federal Credit Union', org: 'KUE Federal Credit Union', fid: '3XVNH', strength: 'answered', seen: '2015-02' },
      { id: 'nationwide-federal-credit-union', name: 'Nationwide Federal Credit Union', org: 'Nationwide FCU', fid: '00FWQ', strength: 'answered', seen: '2015-02' },
      { id: 'northwestern-mutual-credit-union', name: 'Northwestern Mutual Credit Union', org: 'Northwestern Mutual Credit Union', fid: '5MQD7', strength: 'answered', seen: '2015-02' },
      { id: 'sharonview-federal-credit-union-37mpb', name: 'Sharonview Federal Credit Union', org: 'Sharonview Federal Credit Union', fid: '37MPB', strength: 'answered', seen: '2012-10' },
      { id: 'texans-credit-union', name: 'Texans Credit Union', org: 'Electronic Data Systems Corp.', fid: '008PU', strength: 'answered', seen: '2012-10', dc: 'no?' },
      { id: 'texans-credit-union-1', name: 'Texans Credit Union', org: 'TexansCU', fid: '-1', strength: 'listed', seen: '2015-02', dc: 'no?' },
      { id: 'texas-capital-bank', name: 'Texas Capital Bank', org: 'Electronic Data Systems', fid: '3HG2Y', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '67720' },
      { id: 'white-eagle-credit-union', name: 'White Eagle Credit Union', org: 'White Eagle Credit Union', fid: '64HXI', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.myvirtualbranch.com',
    url: 'https://ofx.myvirtualbranch.com/eftxweb/access.ofx',
    institutions: [
      { id: 'adams-community-bank', name: 'Adams Community Bank', org: 'COCC', fid: '1205', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'chelsea-groton-bank', name: 'Chelsea Groton Bank', org: 'COCC', fid: '1087', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'cheviot-savings-bank', name: 'Cheviot Savings Bank', org: 'COCC', fid: '1058', strength: 'answered', seen: '2015-02' },
      { id: 'easthampton-savings-bank-retail', name: 'Easthampton Savings Bank Retail', org: 'esb.com', fid: '1084', strength: 'answered', seen: '2015-02' },
      { id: 'essex-savings-bank', name: 'Essex Savings Bank', org: 'COCC', fid: '1008', version: '103', strength: 'answered', seen: '2015-02' },
      { id: 'gfa-federal-credit-union', name: 'GFA Federal Credit Union', org: 'COCC', fid: '1029', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'greenfield-co-operative-bank', name: 'Greenfield Co-operative Bank', org: 'COCC', fid: '1102', strength: 'answered', seen: '2015-02' },
      { id: 'harborone-bank', name: 'HarborOne Bank', org: 'COCC', fid: '1089', strength: 'answered', seen: '2015-02' },
      { id: 'haverhill-bank', name: 'Haverhill Bank', org: 'COCC', fid: '1021', strength: 'answered', seen: '2015-02', dc: 'yes?' },
      { id: 'peoples-credit-union-ri', name: "People's Credit Union - RI", org: 'COCC', fid: '1017', strength: 'answered', seen: '2015-02' },
      { id: 'the-provident-bank-ma-nh', name: 'The Provident Bank MA - NH', org: 'COCC', fid: '1106', strength: 'answered', seen: '2015-02' },
      { id: 'westfield-bank-fsb', name: 'Westfield Bank FSB', org: 'COCC', fid: '1223', strength: 'answered', seen: '2015-02' },
      { id: 'winchester-cooperative-bank', name: 'Winchester Cooperative Bank', org: 'COCC', fid: '1031', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.secureinternetbank.com',
    url: 'https://ofx.secureinternetbank.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'andover-bank-ro', name: 'Andover Bank-RO', org: 'PZeroFiveEight', fid: '041208719', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'bank-of-colorado', name: 'Bank of Colorado', org: 'BankofColorado', fid: '107002448', url: 'https://ofx.secureinternetbank.com/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'bank-ozk', name: 'Bank OZK', org: 'OZK', fid: '110', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'c1-bank', name: 'C1 Bank', org: 'MFiveFiveNine', fid: '063114137', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'cbfc', name: 'CBFC', org: 'PZeroFiveSix', fid: '061104929', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
      { id: 'kennebunk-savings', name: 'Kennebunk Savings', aliases: ['Kennebunk Savings Direct Cash Mgmt'], org: 'MTwelveFiveZero', fid: '211274502', version: '211', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'lead-bank-bo', name: 'Lead Bank BO', org: 'WTwentyEightTwentyFive', fid: '101206101', url: 'https://ofx.secureinternetbank.com/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'mechanics-savings-bank', name: 'Mechanics Savings Bank', aliases: ["Mechanics' Savings Bank - Auburn,ME"], org: 'NOREightFiveZero', fid: '211272766', url: 'https://ofx.secureinternetbank.com/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'pinnacle-bank-of-nebraska', name: 'Pinnacle Bank of Nebraska', org: 'PinnacleBankNebraska', fid: '104913912', url: 'https://ofx.secureinternetbank.com/OFXServer/ofxsrvr.dll', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'pinnacle-bank-of-texas', name: 'Pinnacle Bank of Texas', org: 'PinnacleBankTexas', fid: '111903517', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'pinnacle-bank-of-wyoming', name: 'Pinnacle Bank of Wyoming', org: 'PinnacleBankWyoming', fid: '102301513', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'pinnacle-bank-sioux-city', name: 'Pinnacle Bank Sioux City', org: 'ThreeFiveZeroSeven', fid: '073900739', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'plains-commerce-bank-retail', name: 'Plains Commerce Bank Retail', org: 'PTwoOneNine', fid: '091400554', version: '211', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.onlinencr.com',
    url: 'https://ofx.onlinencr.com/scripts/serverext.dll',
    institutions: [
      { id: 'anheuser-busch-employees-cu', name: "Anheuser-Busch Employees' CU", org: 'ABECU', fid: '6598', strength: 'answered', seen: '2015-02' },
      { id: 'bellwether-community-credit-union', name: 'Bellwether Community Credit Union', org: 'BellwetherCCU', fid: '702', strength: 'answered', seen: '2015-02' },
      { id: 'coastal-federal-bank', name: 'Coastal Federal Bank', org: 'Coastal', fid: '11173', strength: 'answered', seen: '2015-02' },
      { id: 'fairfield-county-bank-connect24', name: 'Fairfield County Bank Connect24', org: 'FCBank', fid: '51948', strength: 'answered', seen: '2015-02' },
      { id: 'hanmi-bank', name: 'Hanmi Bank', org: 'Hanmi', fid: '52416', strength: 'listed', seen: '2015-02', dc: 'yes', bid: '18907' },
      { id: 'mountain-west-bank-na-montana', name: 'Mountain West Bank, NA - Montana', org: 'MWB', fid: '707', strength: 'answered', seen: '2015-02' },
      { id: 'nantucket-bank', name: 'Nantucket Bank', org: 'Nantucket', fid: '466', strength: 'answered', seen: '2012-10', dc: 'yes' },
      { id: 'universal-1-credit-union', name: 'Universal 1 Credit Union', org: 'UONE', fid: '6907', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'whitney-bank', name: 'Whitney Bank', org: 'Hancock', fid: '9735', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'www19.onlinebank.com',
    url: 'https://www19.onlinebank.com/OROFX16Listener',
    institutions: [
      { id: 'beverly-co-operative-bank', name: 'Beverly Co-Operative Bank', org: 'orcc', fid: '531', strength: 'answered', seen: '2012-10' },
      { id: 'easthampton-savings-bank', name: 'Easthampton Savings Bank', org: 'orcc', fid: '570', strength: 'answered', seen: '2012-10' },
      { id: 'first-command-bank', name: 'First Command Bank', org: 'Online Resources', fid: '188', strength: 'answered', seen: '2012-10', dc: 'yes?' },
      { id: 'florence-savings-bank', name: 'Florence Savings Bank', org: 'ORCC', fid: '476', strength: 'answered', seen: '2012-10' },
      { id: 'united-bank-business-ma', name: 'United Bank - Business - MA', org: 'ORCC', fid: '853', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'ofx.firsttennessee.com',
    url: 'https://ofx.firsttennessee.com/ofx/ofx_isapi.dll',
    institutions: [
      { id: 'anytown-abc-bank', name: 'Anytown - ABC Bank', org: 'ICH', fid: '1002', strength: 'listed', seen: '2015-02' },
      { id: 'first-horizon', name: 'First Horizon', org: 'First Horizon', fid: '1', strength: 'answered', seen: '2012-10', dc: 'yes', bid: '71912' },
      { id: 'first-nat-bank-of-springdale', name: 'First Nat Bank of Springdale', org: 'First Nat Bank of Springdale', fid: '1', strength: 'answered', seen: '2012-10' },
      { id: 'first-tennessee', name: 'First Tennessee', org: 'Online Financial Services', fid: '2250', url: 'https://ofx.firsttennessee.com/eftxweb/access.ofx', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.opensolutionstoc.com',
    url: 'https://OFX.opensolutionsTOC.com/eftxweb/access.ofx',
    institutions: [
      { id: 'american-bank-online', name: 'American Bank Online', org: 'American Bank', fid: '1010', url: 'https://ofx.opensolutionstoc.com/eftxweb/access.ofx', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'communities-of-abilene', name: 'Communities of Abilene', org: 'OSI 2', fid: '18456', strength: 'listed', seen: '2015-02' },
      { id: 'fairwinds-credit-union', name: 'Fairwinds Credit Union', org: 'OSI 2', fid: '4842', strength: 'answered', seen: '2012-10', dc: 'yes', bid: '14365' },
      { id: 'john-marshall-bank', name: 'John Marshall Bank', org: 'OSI', fid: '4878', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.financialtrans.com',
    url: 'https://ofx.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=3000518',
    institutions: [
      { id: 'american-funds', name: 'American Funds', org: 'INTUIT', fid: '7779', strength: 'answered', seen: '2015-02' },
      { id: 'royce-associates', name: 'Royce & Associates', org: 'DST', brokerId: 'www.roycefunds.com', url: 'https://ofx.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=51714240204', strength: 'listed', seen: '2015-02' },
      { id: 'sentinel-investments', name: 'Sentinel Investments', org: 'Sentinel Investments', fid: '18480', url: 'https://ofx.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=81804131908130411', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.internet-ebanking.com',
    url: 'https://ofx.internet-ebanking.com/CCOFXServer/servlet/TP_OFX_Controller',
    institutions: [
      { id: 'bank-of-george-122402366', name: 'Bank of George', org: '122402366', fid: '122402366', strength: 'listed', seen: '2015-02' },
      { id: 'premier-bank-rochester-091905664', name: 'Premier Bank Rochester', org: 'Fidelity', fid: '091905664', strength: 'listed', seen: '2012-10' },
      { id: 'private-bank-of-buckhead-061020867', name: 'Private Bank of Buckhead', org: 'Certegy', fid: '061020867', strength: 'listed', seen: '2012-10' },
    ],
  },
  {
    host: 'ofx.bernstein.com',
    url: 'https://ofx.bernstein.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'bernstein', name: 'Bernstein', org: 'BGWM', fid: '0013', brokerId: 'Bernstein.com', strength: 'settings', seen: '2019-05' },
      { id: 'bernstein-global-wealth-mgmt', name: 'Bernstein Global Wealth Mgmt', org: 'BGWM', brokerId: 'Bernstein.com', url: 'https://ofx.bernstein.com/OFXServer/ofxsrvr.dll', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.ibgstreetscape.com',
    url: 'https://ofx.ibgstreetscape.com:443',
    institutions: [
      { id: 'banc-of-america-investment-services-inc', name: 'Banc of America Investment Services, Inc.', org: 'Fidelity', fid: '7784', strength: 'answered', seen: '2015-02' },
      { id: 'zions-direct', name: 'Zions Direct', org: 'Zions Investment Securities,Inc.', fid: '025', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.morganstanleyclientserv.com',
    url: 'https://ofx.morganstanleyclientserv.com/ofx/QuickenWin.ofx',
    institutions: [
      { id: 'morgan-stanley', name: 'Morgan Stanley ClientServ', org: 'msdw.com', fid: '1235', brokerId: 'msdw.com', url: 'https://ofx.morganstanleyclientserv.com/ofx/ProfileMSMoney.ofx', version: '220', strength: 'settings', seen: '2019-05' },
      { id: 'morgan-stanley-14137', name: 'Morgan Stanley', org: 'msdw.com', fid: '14137', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.ntrs.com',
    url: 'https://ofx.ntrs.com/nta/ofxservlet',
    institutions: [
      { id: 'northern-trust-banking', name: 'Northern Trust - Banking', org: 'Northern Trust', fid: '05642', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '05642' },
      { id: 'northern-trust-investments', name: 'Northern Trust - Investments', org: 'Northern Trust', fid: '05641', brokerId: 'northernfunds.com', url: 'https://ofx.ntrs.com/nta/ofxservlet?accounttypegroup=INV', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.optionsxpress.com',
    url: 'https://ofx.optionsxpress.com/cgi-bin/ox.exe',
    institutions: [
      { id: 'optionsxpress-inc', name: 'OptionsXpress, Inc', org: 'optionxpress.com', fid: '1', brokerId: 'optionxpress.com', strength: 'answered', seen: '2015-02' },
      { id: 'optionsxpress-inc-10876', name: 'OptionsXpress, Inc', org: '10876', fid: '10876', brokerId: 'optionxpress.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.rabobankamerica.com',
    url: 'https://ofx.rabobankamerica.com/ofx/process.ofx',
    institutions: [
      { id: 'rabobank', name: 'Rabobank', org: 'RBB', fid: '1001', strength: 'answered', seen: '2015-02' },
      { id: 'rabobank-america', name: 'RaboBank America', org: 'RBB', fid: '11540', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.umb.com',
    url: 'https://ofx.umb.com/',
    institutions: [
      { id: 'umb', name: 'UMB', org: 'UMBOFX', fid: '468', url: 'https://ofx.umb.com', strength: 'listed', seen: '2015-02', dc: 'yes', bid: '03781', note: 'The August 2026 list marks this entry as one that is being withdrawn; its online banking is listed for downloaded files only.' },
      { id: 'umb-bank', name: 'UMB Bank', org: 'UMBOFX', fid: 'UMB', version: '103', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '03781', note: 'The August 2026 list marks this entry as one that is being withdrawn; its online banking is listed for downloaded files only.' },
    ],
  },
  {
    host: 'onlinebanking.regions.com',
    url: 'https://onlinebanking.regions.com/Ofx/process.ofx',
    institutions: [
      { id: 'regions', name: 'Regions Bank', org: 'Identity-RFG', fid: '13131', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
      { id: 'regions-bank', name: 'Regions Bank', org: 'regions.com', fid: '243', brokerId: 'regions.com', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'personal.netbankerplus.com',
    url: 'https://personal.netbankerplus.com/ofxnorthcommunitybank/process.ofx',
    institutions: [
      { id: 'allegiance-community-bank', name: 'Allegiance Community Bank', org: 'MBG', fid: '1001', url: 'https://personal.netbankerplus.com/ofxallegiancecommunitybank/process.ofx', strength: 'listed', seen: '2015-02' },
      { id: 'north-community-bank-1001', name: 'North Community Bank', org: 'MBG', fid: '1001', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'quicken.metavante.com',
    url: 'https://quicken.metavante.com/ofx/OFXServlet',
    institutions: [
      { id: 'vectra-bank-colorado', name: 'Vectra Bank Colorado', org: '276-3', fid: '1124', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '13507' },
      { id: 'zions-bank', name: 'Zions Bank', org: '244-3', fid: '1115', strength: 'answered', seen: '2012-10', dc: 'yes', bid: '13495' },
    ],
  },
  {
    host: 'securebank.regions.com',
    url: 'https://securebank.regions.com/OfxPipeline/ofx.ofx',
    institutions: [
      { id: 'regions-bank-1001', name: 'Regions Bank', org: 'AmSouth', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '16552' },
      { id: 'regions-financial', name: 'Regions Financial', org: 'AmSouth', fid: '14281', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ssl8.onenevada.org',
    url: 'https://ssl8.onenevada.org/ofxdirect/ofxrqst.aspx',
    institutions: [
      { id: 'one-nevada-credit-union', name: 'One Nevada Credit Union', aliases: ['Nevada Federal'], org: 'PSI', fid: '10888', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
      { id: 'test-one-nevada', name: 'Test One Nevada', org: 'TEST', fid: '1234', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'www.ofx.oldnational.com',
    url: 'https://www.ofx.oldnational.com/ofxpreprocess.asp',
    institutions: [
      { id: 'old-national', name: 'Old National', org: 'ONB', fid: '914', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '15583' },
      { id: 'old-national-bank', name: 'Old National Bank', org: 'ONB', fid: '11638', strength: 'listed', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'www25.ameriprise.com',
    url: 'https://www25.ameriprise.com/AMPFWeb/ofxdl/us/download?request_type=nl_desktopdownload',
    institutions: [
      { id: 'ameriprise-brokerage-133', name: 'Ameriprise Brokerage 133 Direct', org: 'AMPF', fid: '13573', brokerId: 'ameriprise.com', version: '211', strength: 'settings', seen: '2019-05' },
      { id: 'ameriprise-financial-services-inc', name: 'Ameriprise Financial Services, Inc.', org: 'AMPF', fid: '3102', brokerId: 'ameriprise.com', version: '211', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'www3883.ntrs.com',
    url: 'https://www3883.ntrs.com/nta/ofxservlet',
    institutions: [
      { id: 'northern-trust-banking-5804', name: 'Northern Trust - Banking', org: 'ORG', fid: '5804', strength: 'listed', seen: '2015-02', dc: 'yes?' },
      { id: 'northern-trust-investments-6028', name: 'Northern Trust - Investments', org: 'Northern Trust Investments', fid: '6028', brokerId: 'northerntrust.com', url: 'https://www3883.ntrs.com/nta/ofxservlet?accounttypegroup=INV', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'alc.usersonlnet.com',
    url: 'https://alc.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'ascentra-credit-union-273973456', name: 'Ascentra Credit Union', org: 'Alcoa Employees&Community CU', fid: '273973456', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'allthetime.tdecu.org',
    url: 'https://allthetime.tdecu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'texas-dow-employees-credit-union', name: 'Texas Dow Employees Credit Union', org: 'TexasDow', fid: '313185515', strength: 'answered', seen: '2015-02', dc: 'no', bid: '63549' },
    ],
  },
  {
    host: 'apcocu.online-cu.com',
    url: 'https://apcocu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'apco-employees-credit-union', name: 'APCO EMPLOYEES CREDIT UNION', org: 'APCO Employees Credit Union', fid: '262087609', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'appweb.deltacommunitycu.com',
    url: 'https://appweb.deltacommunitycu.com/ofxroot/directtocore.asp',
    institutions: [
      { id: 'delta-community-credit-union', name: 'Delta Community Credit Union', org: 'decu.org', fid: '3328', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '17347' },
    ],
  },
  {
    host: 'banking.53.com',
    url: 'https://banking.53.com/ofx/OFXServlet',
    institutions: [
      { id: 'fifth-third', name: 'Fifth Third Bank', aliases: ['Fifth Third Bancorp'], org: 'Fifth Third Bank', fid: '5829', version: '151', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'banking.floridacentralcu.com',
    url: 'https://banking.floridacentralcu.com/internetbankingOFX/Ofxrqst.aspx',
    institutions: [
      { id: 'florida-central-credit-union', name: 'Florida Central Credit Union', org: 'Connect', fid: '12550', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'bat.usersonlnet.com',
    url: 'https://bat.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'baton-rouge-city-parish-emp-fcu', name: 'Baton Rouge City Parish Emp FCU', org: 'Baton Rouge City Parish EFCU', fid: '265473333', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'bfcuonline.billingsfcu.org',
    url: 'https://bfcuonline.billingsfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'billings-federal-credit-union-6217', name: 'Billings Federal Credit Union', org: 'Billings Federal Credit Union', fid: '6217', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'bms.usersonlnet.com',
    url: 'https://bms.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'b-m-s-federal-credit-union', name: 'B-M S Federal Credit Union', org: 'B-M S Federal Credit Union', fid: '221277007', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'bos.usersonlnet.com',
    url: 'https://bos.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'bossier-federal-credit-union', name: 'Bossier Federal Credit Union', org: 'Bossier Federal Credit Union', fid: '311175129', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'catsonline.oucu.org',
    url: 'https://catsonline.oucu.org/ofx/ofx.dll',
    institutions: [
      { id: 'ohio-university-cu', name: 'Ohio University CU', org: 'Ohio University CU', fid: '50130', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'centralmainecu.online-cu.com',
    url: 'https://centralmainecu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'central-maine-federal-credit-union', name: 'Central Maine Federal Credit Union', org: 'Users', fid: '211287926', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'cfcunet24.online-cu.com',
    url: 'https://cfcunet24.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'chesterfield-federal-credit-union', name: 'Chesterfield Federal Credit Union', org: 'Chesterfield Employees FCU', fid: '251480327', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'chp.usersonlnet.com',
    url: 'https://chp.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'chicago-patrolmens-fcu', name: 'Chicago Patrolmens FCU', org: 'Chicago Patrolmens CU', fid: '271078146', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'cib.usersonlnet.com',
    url: 'https://cib.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'novartis-federal-credit-union', name: 'Novartis Federal Credit Union', org: 'Novartis FCU', fid: '221278556', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'cnetcb.centralbank.com',
    url: 'https://cnetcb.centralbank.com/ofx/ofx.ofx',
    institutions: [
      { id: 'central-bank', name: 'Central Bank', org: 'CNETCB', fid: '63399', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'connect2.cu1.org',
    url: 'https://connect2.cu1.org/ofx/ofx.dll',
    institutions: [
      { id: 'credit-union-1', name: 'Credit Union 1', org: 'Credit Union 1', fid: '1777', strength: 'answered', seen: '2015-02', dc: 'yes?', security: 'type1' },
    ],
  },
  {
    host: 'cpm.online-cu.com',
    url: 'https://cpm.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'cpm-federal-credit-union', name: 'CPM Federal Credit Union', org: 'USERS, Inc.', fid: '253279536', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'cre.usersonlnet.com',
    url: 'https://cre.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'red-crown-federal-credit-union', name: 'Red Crown Federal Credit Union', org: 'Red Crown FCU', fid: '303986148', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'cro.usersonlnet.com',
    url: 'https://cro.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'ste-croix-regional-fcu', name: 'Ste. Croix Regional FCU', org: 'St. Croix Regional FCU', fid: '211287926', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'crowellofx.automatedfinancial.com',
    url: 'https://crowellofx.automatedfinancial.com',
    institutions: [
      { id: 'crowell-weedon-co', name: 'Crowell, Weedon & Co.', org: 'AFS', fid: '7315', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'cuathome.abnbfcu.org',
    url: 'https://cuathome.abnbfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'abnb-federal-credit-union', name: 'ABNB Federal Credit Union', org: 'ABNB Federal Credit Union', fid: '251481627', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'cuhome.cuone.org',
    url: 'https://cuhome.cuone.org/ofx/ofx.dll',
    institutions: [
      { id: 'credit-union-one', name: 'Credit Union ONE', org: 'Credit Union ONE', fid: '14412', strength: 'listed', seen: '2015-02', dc: 'no', security: 'type1' },
    ],
  },
  {
    host: 'direct.sunflowerbank.com',
    url: 'https://direct.sunflowerbank.com/ofxserver/',
    institutions: [
      { id: 'sunflower-bank', name: 'Sunflower Bank', org: 'S1 IBS', fid: '666', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'directconnect.access.investor.stifel.com',
    url: 'https://directconnect.access.investor.stifel.com',
    institutions: [
      { id: 'stifel-nicolaus', name: 'Stifel Nicolaus', org: 'Stifel Nicolaus', fid: '11212', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'directconnect.psecu.com',
    url: 'https://directconnect.psecu.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'psecu', name: 'PSECU', org: 'PENNSTATEEMPLOYEES', fid: '231381116', version: '103', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'directconnect.rjf.com',
    url: 'https://directconnect.rjf.com/eftxweb/access.ofx',
    institutions: [
      { id: 'raymond-james', name: 'Raymond James', org: 'Raymond James & Associates', fid: '1021', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'directconnectofx.mtb.com',
    url: 'https://DirectConnectOFX.MTB.COM/ofx/process.ofx',
    institutions: [
      { id: 'm-and-t-bank', name: 'M&T Bank', org: 'MandT', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '14770' },
    ],
  },
  {
    host: 'dom.usersonlnet.com',
    url: 'https://dom.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'dominion-credit-union', name: 'Dominion Credit Union', org: 'Dominion Credit Union', fid: '251082644', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'dupaconnect.dupaco.com',
    url: 'https://dupaconnect.dupaco.com/ofx/ofx.dll',
    institutions: [
      { id: 'dupaco-community-credit-union', name: 'Dupaco Community Credit Union', org: 'Dupaco Community Credit Union', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ebofx.aciondemand.com',
    url: 'https://ebofx.aciondemand.com/ebofx1/ofx/ofx',
    institutions: [
      { id: 'german-american-business-online', name: 'German American Business Online', org: 'gabc', fid: '56757', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'eds.usersonlnet.com',
    url: 'https://eds.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'eds-credit-union', name: 'EDS Credit Union', org: 'EDS CU', fid: '311079474', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'emax.wecu.com',
    url: 'https://emax.wecu.com/ofx/ofx.dll',
    institutions: [
      { id: 'whatcom-educational-cu', name: 'Whatcom Educational CU', org: 'Whatcom Educational Credit Union', fid: '1', strength: 'listed', seen: '2012-10', security: 'type1' },
    ],
  },
  {
    host: 'epal.desertschools.org',
    url: 'https://epal.desertschools.org/scripts/serverext.dll',
    institutions: [
      { id: 'desert-schools-federal-credit-union', name: 'Desert Schools Federal Credit Union', aliases: ['Desert Financial Credit Union'], org: 'DSFCU', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'yes?', bid: '15727' },
    ],
  },
  {
    host: 'expressonline.unityonefcu.org',
    url: 'https://expressonline.unityonefcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'unity-one-federal-credit-union', name: 'Unity One Federal Credit Union', org: 'Unity One Federal Credit Union', fid: '1', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'ezonline.goamplify.com',
    url: 'https://ezonline.goamplify.com/ofx/ofx.dll',
    institutions: [
      { id: 'amplify-federal-credit-union', name: 'Amplify Federal Credit Union', org: 'Harland Financial Solutions', fid: '1', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'fal.usersonlnet.com',
    url: 'https://fal.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'fall-river-municipal-cu', name: 'Fall River Municipal CU', org: 'Fall River Municipal CU', fid: '211382591', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'fccuburt.online-cu.com',
    url: 'https://fccuburt.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'financial-center-cu', name: 'Financial Center CU', org: 'Fincancial Center Credit Union', fid: '321177803', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'fcs1.fkfcu.org',
    url: 'https://fcs1.fkfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'fort-knox-federal-credit-union', name: 'Fort Knox Federal Credit Union', org: 'Fort Knox Federal Credit Union', fid: '283978425', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'fed.usersonlnet.com',
    url: 'https://fed.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'allegiance-credit-union', name: 'Allegiance Credit Union', org: 'Federal Employees CU', fid: '303085230', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'fia.usersonlnet.com',
    url: 'https://fia.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'first-alliance-credit-union', name: 'First Alliance Credit Union', org: 'First Alliance Credit Union', fid: '291975481', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'flightline.faaecu.org',
    url: 'https://flightline.faaecu.org/ofx/ofx.dll',
    institutions: [
      { id: 'faa-credit-union', name: 'FAA Credit Union', org: 'FAA Credit Union', fid: '114', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'fsg.usersonlnet.com',
    url: 'https://fsg.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'fort-stewart-georgia-federal-credit-union', name: 'Fort Stewart Georgia Federal Credit Union', org: 'Fort Stewart FCU', fid: '261271364', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'fsucuebranch.org',
    url: 'https://fsucuebranch.org/scripts/isaofx.dll',
    institutions: [
      { id: 'fsu-credit-union', name: 'FSU Credit Union', org: 'Users, Inc.', fid: '263182545', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'fswofx.automatedfinancial.com',
    url: 'https://fswofx.automatedfinancial.com',
    institutions: [
      { id: 'first-southwest-company', name: 'First Southwest Company', org: 'AFS', fid: '7048', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ftc.usersonlnet.com',
    url: 'https://ftc.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'faa-technical-center-fcu', name: 'FAA Technical Center FCU', org: 'FAA Technical Center FCU', fid: '231277440', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'hb.affinityplus.org',
    url: 'https://hb.affinityplus.org/ofx/ofx.dll',
    institutions: [
      { id: 'affinity-plus-federal-credit-union', name: 'Affinity Plus Federal Credit Union', org: 'Affinity Plus FCU', fid: '75', strength: 'listed', seen: '2015-02', dc: 'no?', security: 'type1' },
    ],
  },
  {
    host: 'hb.marshlandfcu.coop',
    url: 'https://hb.marshlandfcu.coop/ofx/ofx.dll',
    institutions: [
      { id: 'marshland-credit-union', name: 'Marshland Credit Union', org: 'Marshland Credit Union', fid: '12099', strength: 'listed', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'hfsfcu.online-cu.com',
    url: 'https://hfsfcu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'hfs-federal-credit-union', name: 'HFS Federal Credit Union', org: 'HFS Federal Credit Union', fid: '321378660', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'hilliardofx.automatedfinancial.com',
    url: 'https://hilliardofx.automatedfinancial.com',
    institutions: [
      { id: 'hilliard-lyons', name: 'Hilliard Lyons', org: 'AFS', fid: '6037', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'homebank.mayocreditunion.org',
    url: 'https://homebank.mayocreditunion.org/ofx/ofx.dll',
    institutions: [
      { id: 'mayo-employees-federal-credit-union', name: 'Mayo Employees Federal Credit Union', org: 'Mayo Employees FCU', fid: '291975478', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'homebank.msfinancialfcu.org',
    url: 'https://homebank.msfinancialfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'main-street-financial-fcu', name: 'Main Street Financial FCU', org: 'Main Street Financial FCU', fid: '10974', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'homebank.sactocu.org',
    url: 'https://homebank.sactocu.org/ofx/ofx.dll',
    institutions: [
      { id: 'sacramento-credit-union', name: 'Sacramento Credit Union', org: 'SACRAMENTO CREDIT UNION', fid: '1', strength: 'answered', seen: '2015-02', dc: 'no?', security: 'type1' },
    ],
  },
  {
    host: 'homebanking.caminofcu.org',
    url: 'https://homebanking.caminofcu.org/isaofx/isaofx.dll',
    institutions: [
      { id: 'camino-fcu', name: 'Camino FCU', org: 'Camino FCU', fid: '322279975', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'homebanking.golden1.com',
    url: 'https://homebanking.golden1.com/process.ofx',
    institutions: [
      { id: 'golden-1', name: 'Golden 1 Credit Union', org: 'Golden1', fid: '1001', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'hse.usersonlnet.com',
    url: 'https://hse.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'hawaii-state-fcu', name: 'Hawaii State FCU', org: 'Hawaii State FCU', fid: '321379041', strength: 'listed', seen: '2015-02', dc: 'no', bid: '13279' },
    ],
  },
  {
    host: 'htl.usersonlnet.com',
    url: 'https://htl.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'hawaiian-tel-federal-credit-union', name: 'Hawaiian Tel Federal Credit Union', org: 'Hawaiian Tel FCU', fid: '321379070', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'hwt.usersonlnet.com',
    url: 'https://hwt.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'hawthorne-credit-union', name: 'Hawthorne Credit Union', org: 'Hawthorne Credit Union', fid: '271979193', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ib.caltechefcu.org',
    url: 'https://ib.caltechefcu.org/OFXDirect/OfxRqst.aspx',
    institutions: [
      { id: 'caltech-employees-federal-cu', name: 'Caltech Employees Federal CU', org: 'Connect', fid: '56985', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'ib.comm1stcu.org',
    url: 'https://ib.comm1stcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'community-1st-credit-union', name: 'Community 1st Credit Union', org: 'Community 1st Credit Union', fid: '325082017', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ibcbankonline2.ibc.com',
    url: 'https://ibcbankonline2.ibc.com/scripts/serverext.dll',
    institutions: [
      { id: 'international-bank-of-commerce', name: 'International Bank of Commerce', org: 'IBC', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'internetbanking.bankofstockton.com',
    url: 'https://internetbanking.bankofstockton.com/ofx/process.ofx',
    institutions: [
      { id: 'bank-of-stockton', name: 'Bank of Stockton', org: 'BOS', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'internetbanking.hvfcu.org',
    url: 'https://internetbanking.hvfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'hudson-valley-fcu', name: 'Hudson Valley FCU', org: 'Hudson Valley FCU', fid: '10767', strength: 'listed', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'internetbanking.oregoncommunitycu.org',
    url: 'https://internetbanking.oregoncommunitycu.org/scripts/serverext.dll',
    institutions: [
      { id: 'oregon-community-credit-union', name: 'Oregon Community Credit Union', org: 'OCCU', fid: '1001', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'jmsofx.automatedfinancial.com',
    url: 'https://jmsofx.automatedfinancial.com',
    institutions: [
      { id: 'janney-montgomery-scott-llc', name: 'Janney Montgomery Scott LLC', org: 'AFS', fid: '11326', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'keysfcuonline.keysfcu.org',
    url: 'https://keysfcuonline.keysfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'keys-federal-credit-union', name: 'Keys Federal Credit Union', org: 'Keys Federal Credit Union', fid: '1778', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'lascolinasfcu.online-cu.com',
    url: 'https://lascolinasfcu.online-cu.com/scripts/isaofx.dll/scripts/isaofx.dll',
    institutions: [
      { id: 'las-colinas-federal-cu', name: 'Las Colinas Federal CU', org: 'USERS', fid: '311080573', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'legacycfcu.cue-connect.com',
    url: 'https://legacycfcu.cue-connect.com/ofxdirect/ofxrqst.aspx',
    institutions: [
      { id: 'legacy-cfcu', name: 'Legacy CFCU', org: 'Connect', fid: '24451', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'm.macu.com',
    url: 'https://m.macu.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'mountain-america-credit-union', name: 'Mountain America Credit Union', org: 'MACU', fid: '324079555', brokerId: 'DI', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'm.techcu.com',
    url: 'https://m.techcu.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'technology-credit-union', name: 'Technology Credit Union', org: 'TECHCUDC', fid: '121181976', version: '103', strength: 'settings', seen: '2019-05', dc: 'no' },
    ],
  },
  {
    host: 'm.wecu.com',
    url: 'https://m.wecu.com/ofx/ofxserver.aspx',
    institutions: [
      { id: 'wecu', name: 'WECU', org: 'WECU', fid: '58968', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'mas.usersonlnet.com',
    url: 'https://mas.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'peninsula-community-federal-credit-union', name: 'Peninsula Community Federal Credit Union', org: 'Peninsula Credit Union', fid: '325182344', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'mb.faaecu.org',
    url: 'https://mb.faaecu.org/OFX/OFXServer.aspx',
    institutions: [
      { id: 'faa-credit-union-58956', name: 'FAA Credit Union', org: 'FAA Credit Union -New', fid: '58956', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'mb.fedchoice.org',
    url: 'https://mb.fedchoice.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'fedchoice-fcu', name: 'FedChoice FCU', org: 'FEDCHOICE', fid: '254074785', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'mb.mygenfcu.org',
    url: 'https://mb.mygenfcu.org/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'generations-federal-credit-union', name: 'Generations Federal Credit Union', org: 'GENERATIONSFCUDC', fid: '314088572', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'mb.soundcu.com',
    url: 'https://mb.soundcu.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'sound-cu', name: 'Sound CU', org: 'SOUNDCUDC', fid: '325183220', version: '103', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'mb.visterracu.org',
    url: 'https://mb.visterracu.org/ofx/ofxserver.aspx',
    institutions: [
      { id: 'visterra-credit-union', name: 'Visterra Credit Union', org: 'Visterra Credit Union -New', fid: '15067', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'mbweb.cuoftexas.org',
    url: 'https://mbweb.cuoftexas.org/ofx/ofxserver.aspx',
    institutions: [
      { id: 'cuoftx-olb', name: 'CUofTX OLB', org: 'CUofTexas', fid: '14683', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'mec.usersonlnet.com',
    url: 'https://mec.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'municipal-employees-credit-union-of', name: 'Municipal Employees Credit Union of Baltimore, Inc.', org: 'Municipal ECU of Baltimore,Inc.', fid: '252076468', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'members.1stadvantage.org',
    url: 'https://members.1stadvantage.org/scripts/isaofx.dll',
    institutions: [
      { id: '1st-advantage-fcu', name: '1st Advantage FCU', org: '1st Advantage FCU', fid: '251480563', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'mesirowofx.automatedfinancial.com',
    url: 'https://mesirowofx.automatedfinancial.com',
    institutions: [
      { id: 'mesirow-financial-inc', name: 'Mesirow Financial, Inc.', org: 'AFS', fid: '2881', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'mic.usersonlnet.com',
    url: 'https://mic.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'mtc-federal-credit-union', name: 'MTC Federal Credit Union', org: 'MTC Federal Credit Union', fid: '053285173', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'missionlink.missionfcu.org',
    url: 'https://missionlink.missionfcu.org/scripts/serverext.dll',
    institutions: [
      { id: 'mission-fcu', name: 'Mission FCU', org: 'MISSION', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'no', bid: '15403' },
    ],
  },
  {
    host: 'mobile.affinityplus.org',
    url: 'https://mobile.affinityplus.org/OFX/OFXServer.aspx',
    institutions: [
      { id: 'affinity-plus-fcu', name: 'Affinity Plus FCU', org: 'Affinity Plus Federal Credit Uni', fid: '15268', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'mobile.cmcu.org',
    url: 'https://mobile.cmcu.org/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'charlotte-metro-credit-union', name: 'Charlotte Metro Credit Union', org: 'CMCUDC', fid: '253075028', version: '211', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'mobile.diamondcu.com',
    url: 'https://mobile.diamondcu.com/ofx/ofxserver.aspx',
    institutions: [
      { id: 'diamond-credit-union', name: 'Diamond Credit Union', org: 'Diamond Credit Union -New', fid: '15058', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'mobile.tfcu.coop',
    url: 'https://mobile.tfcu.coop/OFX/OFXServer.aspx',
    institutions: [
      { id: 'el-paso-area-teachers-credit-union', name: 'El Paso Area Teachers Credit Union', org: 'Elpaso OLB', fid: '1409', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'mobilebanking.ibmsecu.org',
    url: 'https://mobilebanking.ibmsecu.org/ofx/ofxserver.aspx',
    institutions: [
      { id: 'ibm-southeast-efcu', name: 'IBM Southeast EFCU', org: 'IBM Southeast EFCU -New', fid: '59019', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'moneyview.pvfcu.org',
    url: 'https://moneyview.pvfcu.org/ofxdirect/ofxrqst.aspx',
    institutions: [
      { id: 'park-view-federal-credit-union', name: 'Park View Federal Credit Union', org: 'Connect', fid: '13972', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'moo.usersonlnet.com',
    url: 'https://moo.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'southeastern-cu', name: 'Southeastern CU', org: 'Southeastern FCU', fid: '261271500', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'msconline2.altaone.net',
    url: 'https://msconline2.altaone.net/scripts/isaofx.dll',
    institutions: [
      { id: 'altaone-federal-credit-union', name: 'AltaOne Federal Credit Union', aliases: ['AltaOne'], org: 'Users, Inc.', fid: '322274462', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'msdfcu.online-cu.com',
    url: 'https://msdfcu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'merck-sharpe-dohme-fcu', name: 'Merck Sharpe & Dohme FCU', aliases: ['Merck Sharp & Dohme FCU'], org: 'Users', fid: '231386645', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'mybranch.dcfcu.org',
    url: 'https://mybranch.dcfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'dade-county-federal-credit-union', name: 'Dade County Federal Credit Union', org: 'Dade County Federal Credit Union', fid: '10603', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'mybranch.navyarmyccu.com',
    url: 'https://mybranch.navyarmyCCU.com/scripts/isaofx.dll',
    institutions: [
      { id: 'navy-army-community-credit-union', name: 'Navy Army Community Credit Union', aliases: ['Navy Army Federal Credit Union'], org: 'USERS', fid: '314978543', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'mybranch.navyarmyfcu.com',
    url: 'https://mybranch.navyarmyfcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'navy-army-federal-credit-union', name: 'Navy Army Federal Credit Union', org: 'Navy Army Federal Credit Union', fid: '111904503', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'nea.usersonlnet.com',
    url: 'https://nea.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'northeast-alliance-fcu', name: 'NorthEast Alliance FCU', org: 'NorthEast Alliance FCU', fid: '221982130', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ns1.dtcu.org',
    url: 'https://ns1.dtcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'credit-union-of-texas', name: 'Credit Union of Texas', org: 'Credit Union of Texas', fid: '11250', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'nwf.usersonlnet.com',
    url: 'https://nwf.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'nw-preferred-federal-credit-union', name: 'NW Preferred Federal Credit Union', org: 'NW Preferred FCU', fid: '323076575', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'oaa.online-cu.com',
    url: 'https://oaa.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'ascentra-credit-union', name: 'Ascentra Credit Union', org: 'My Credit Union', fid: '73973456', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'ob.bfsfcu.org',
    url: 'https://ob.bfsfcu.org/ofx/process.ofx',
    institutions: [
      { id: 'bank-fund-staff-fcu', name: 'Bank Fund Staff FCU', org: 'BFSFCU', fid: '1001', strength: 'answered', seen: '2012-10', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx-prod.bancorpsouthonline.com',
    url: 'https://ofx-prod.bancorpsouthonline.com/ofx/process.ofx',
    institutions: [
      { id: 'bancorpsouth', name: 'Bancorpsouth', org: 'BXS', fid: '1001', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx-prod.capfed.com',
    url: 'https://ofx-prod.capfed.com/ofx/process.ofx',
    institutions: [
      { id: 'capitol-federal-savings', name: 'Capitol Federal Savings', org: 'CAPFED', fid: '1001', brokerId: 'CapFed', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ofx-prod.slfcu.org',
    url: 'https://ofx-prod.slfcu.org/ofx/process.ofx',
    institutions: [
      { id: 'sandia-laboratory-fcu', name: 'Sandia Laboratory FCU', org: 'SLFCU', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'ofx-service.tiaa-cref.org',
    url: 'https://ofx-service.tiaa-cref.org/public/ofx',
    institutions: [
      { id: 'tiaa', name: 'TIAA-CREF Retirement Services', org: 'TIAA-CREF', fid: '1304', version: '211', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.addisonavenue.com',
    url: 'https://ofx.addisonavenue.com',
    institutions: [
      { id: 'addison-avenue-federal-credit-union', name: 'Addison Avenue Federal Credit Union', org: 'hpcu', fid: '11288', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.agedwards.com',
    url: 'https://ofx.agedwards.com',
    institutions: [
      { id: 'a-g-edwards-sons-inc', name: 'A. G. Edwards and Sons, Inc.', org: 'A.G. Edwards', fid: '43-0895447', brokerId: 'agedwards.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.americafirst.com',
    url: 'https://ofx.americafirst.com',
    institutions: [
      { id: 'america-first-credit-union-54324', name: 'America First Credit Union', org: 'America First Credit Union', fid: '54324', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '71938' },
    ],
  },
  {
    host: 'ofx.americancentury.com',
    url: 'https://ofx.americancentury.com/',
    institutions: [
      { id: 'american-century-investments', name: 'American Century Investments', brokerId: 'americancentury.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.ameriprise.com',
    url: 'https://ofx.ameriprise.com/AMPFWeb/ofxdl/us/download?request_type=nl_desktopdownload',
    institutions: [
      { id: 'ameriprise-mastercard', name: 'Ameriprise MasterCard', org: 'Ameriprise MasterCard', fid: '12910', version: '211', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.bankoftampa.com',
    url: 'https://OFX.Bankoftampa.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'the-bank-of-tampa', name: 'The Bank of Tampa', org: 'BOT', fid: '063108680', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.columbiacu.org',
    url: 'https://ofx.columbiacu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'columbia-credit-union', name: 'Columbia Credit Union', org: 'Columbia Credit Union', fid: '323383349', strength: 'answered', seen: '2012-10', dc: 'no' },
    ],
  },
  {
    host: 'ofx.cuonlineaccounts.org',
    url: 'https://ofx.cuonlineaccounts.org',
    institutions: [
      { id: '66-federal-credit-union', name: '66 Federal Credit Union', org: 'SixySix', fid: '289', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.cvcb.com',
    url: 'https://ofx.cvcb.com/ofx/ofx/ofx.ofx',
    institutions: [
      { id: 'central-valley-comm-bank-retail', name: 'Central Valley Comm Bank Retail', org: 'CVCB', fid: '12886', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.ecu.com',
    url: 'https://ofx.ecu.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'educators-cu-wi', name: 'Educators CU WI', org: 'ECU', fid: '275981378', strength: 'answered', seen: '2012-10', dc: 'no' },
    ],
  },
  {
    host: 'ofx.edwardjones.com',
    url: 'https://ofx.edwardjones.com',
    institutions: [
      { id: 'edward-jones', name: 'Edward Jones', org: 'Edward Jones', fid: '823', brokerId: 'www.edwardjones.com', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.elevationscu.com',
    url: 'https://ofx.elevationscu.com/scripts/serverext.dll',
    institutions: [
      { id: 'elevations-cu', name: 'Elevations CU', org: 'UOCFCU', fid: '1001', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.firstinterstatebank.com',
    url: 'https://ofx.firstinterstatebank.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'first-interstate-bank', name: 'First Interstate Bank', org: 'FIB', fid: '092901683', version: '103', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ofx.franklintempleton.com',
    url: 'https://ofx.franklintempleton.com/eftxweb/access.ofx',
    institutions: [
      { id: 'franklin-templeton-investments', name: 'Franklin Templeton Investments', org: 'franklintempleton.com', fid: '9444', brokerId: 'franklintempleton.com', strength: 'answered', seen: '2015-02', quirks: { overlapDays: 7 }, why: { overlapDays: 'another program asks for seven days again each time (its settings, 2015-02)' } },
    ],
  },
  {
    host: 'ofx.fremontbank.com',
    url: 'https://ofx.fremontbank.com/OFXServer/FBOFXSrvr.dll',
    institutions: [
      { id: 'fremont-bank-1', name: 'Fremont Bank', fid: '1', strength: 'listed', seen: '2012-10', dc: 'yes?' },
    ],
  },
  {
    host: 'ofx.huntington.com',
    url: 'https://ofx.huntington.com/Ofx/process.ofx',
    institutions: [
      { id: 'huntington', name: 'Huntington National Bank', org: 'huntington', fid: '3701', strength: 'answered', seen: '2015-02', dc: 'yes', bid: '11025' },
    ],
  },
  {
    host: 'ofx.ibmcu.com',
    url: 'https://ofx.ibmcu.com',
    institutions: [
      { id: 'think-federal-credit-union', name: 'Think Federal Credit Union', org: 'IBMCU', fid: '291975465', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.ingdirect.ca',
    url: 'https://ofx.ingdirect.ca',
    institutions: [
      { id: 'ing-direct-canada', name: 'ING DIRECT Canada', org: 'INGDirectCanada', fid: '061400152', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.ingplans.com',
    url: 'https://ofx.ingplans.com/ofx/Server',
    institutions: [
      { id: 'ing-institutional-plan-services', name: 'ING Institutional Plan Services', org: 'ing-usa.com', fid: '1289', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'ofx.jpmorgan.com',
    url: 'https://ofx.jpmorgan.com/jpmredirector',
    institutions: [
      { id: 'jp-morgan-private-banking', name: 'J.P. Morgan Private Banking', org: 'jpmorgan.com', fid: '0417', brokerId: 'jpmorgan.com', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
    ],
  },
  {
    host: 'ofx.kemba.org',
    url: 'https://ofx.kemba.org/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'kemba-financial-cu', name: 'KEMBA Financial CU', org: 'KEMBA', fid: '244077556', version: '211', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.kinecta.org',
    url: 'https://ofx.kinecta.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'kinecta-federal-credit-union', name: 'Kinecta Federal Credit Union', org: 'KINECTA', fid: '322278073', strength: 'answered', seen: '2015-02', dc: 'no', bid: '09037' },
    ],
  },
  {
    host: 'ofx.lanb.com',
    url: 'https://ofx.lanb.com/ofx/ofxrelay.dll',
    institutions: [
      { id: 'los-alamos-national-bank', name: 'Los Alamos National Bank', org: 'LANB', fid: '107001012', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.lehman.com',
    url: 'https://ofx.lehman.com/eftxweb/access.ofx',
    institutions: [
      { id: 'barclays-capital-inc-member-sipc', name: 'Barclays Capital Inc. Member SIPC', org: 'Lehman Brothers', fid: '921', brokerId: 'Lehman Brothers', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.mercerhrs.com',
    url: 'https://ofx.mercerhrs.com/eftxweb/access.ofx',
    institutions: [
      { id: 'mercer', name: 'Mercer', org: 'PutnamDefinedContributions', fid: '8007527525', strength: 'listed', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'ofx.michedcu.org',
    url: 'https://ofx.michedcu.org/ofx/ofx.ofx',
    institutions: [
      { id: 'michigan-educational-cu', name: 'Michigan Educational CU', org: 'MECU', fid: '58188', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.morgankeegan.com',
    url: 'https://ofx.morgankeegan.com/begasp/directtocore.asp',
    institutions: [
      { id: 'morgan-keegan-co-inc', name: 'Morgan Keegan & Co, Inc.', org: 'morgankeegan.com', fid: '242', brokerId: 'morgankeegan.com', strength: 'listed', seen: '2012-10', security: 'type1' },
    ],
  },
  {
    host: 'ofx.mydccu.org',
    url: 'https://ofx.mydccu.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'dccu-dupont-community-cu-va', name: 'DCCU - DuPont Community CU - VA', aliases: ['DuPont Community Credit Union', 'DuPont Community Credit Union - VA'], org: 'DUPONTCOMMCUVADC', fid: '251483311', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ofx.mymetrobank.com',
    url: 'https://ofx.mymetrobank.com/ofx/ofx.ofx',
    institutions: [
      { id: 'metro-bank', name: 'Metro Bank', org: 'MTRO', fid: '9970', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.nasafcu.com',
    url: 'https://ofx.nasafcu.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'nasa-fcu', name: 'NASA FCU', org: 'NASAFCUDC', fid: '255077833', version: '103', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.nationalcity.com',
    url: 'https://ofx.nationalcity.com/ofx/OFXConsumer.aspx',
    institutions: [
      { id: 'national-city', name: 'National City', org: 'NATIONAL CITY', fid: '5860', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.newpeoplesbank.com',
    url: 'https://ofx.newpeoplesbank.com/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'new-peoples-bank-personal-accounts', name: 'New Peoples Bank - Personal Accounts', org: 'NPB', fid: '051408897', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.octfcu.org',
    url: 'https://ofx.octfcu.org',
    institutions: [
      { id: 'octfcu', name: 'SchoolsFirst FCU (OCTFCU)', aliases: ['SchoolsFirst', 'SchoolsFirst Federal Credit Union', 'OCTFCU', 'Orange County Teachers FCU'], org: 'OCTFCU', fid: '17600', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.oneamerica.com',
    url: 'https://ofx.oneamerica.com/eftxweb/access.ofx',
    institutions: [
      { id: 'oneamerica', name: 'OneAmerica', org: 'oneamerica.com', fid: '4620', brokerId: 'oneamerica.com', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.opco.com',
    url: 'https://ofx.opco.com/eftxweb/access.ofx',
    institutions: [
      { id: 'oppenheimer-co-inc', name: 'Oppenheimer & Co. Inc.', org: 'Oppenheimer', fid: '125', brokerId: 'Oppenheimer', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.penson.com',
    url: 'https://ofx.penson.com',
    institutions: [
      { id: 'penson-financial-services', name: 'Penson Financial Services', org: 'Penson Financial Services Inc', fid: '10780', brokerId: 'penson.com', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'ofx.prudential.com',
    url: 'https://ofx.prudential.com/eftxweb/EFTXWebRedirector',
    institutions: [
      { id: 'prudential-retirement', name: 'Prudential Retirement', org: 'Prudential Retirement Services', fid: '1271', brokerId: 'prudential.com', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.psecu.com',
    url: 'https://ofx.psecu.com/servlet/OFXServlet',
    institutions: [
      { id: 'psecu-54354', name: 'PSECU', org: 'Teknowledge', fid: '54354', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.qualstarcu.com',
    url: 'https://ofx.qualstarcu.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'qualstar-credit-union', name: 'Qualstar Credit Union', org: 'QUALSTARCU', fid: '325081966', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.rbc.com',
    url: 'https://ofx.rbc.com',
    institutions: [
      { id: 'rbc-wealth-management', name: 'RBC Wealth Management', org: 'RBC Dain Rauscher', fid: '8035', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.rbcdain.com',
    url: 'https://ofx.rbcdain.com/',
    institutions: [
      { id: 'rbc-dain-rauscher', name: 'RBC Dain Rauscher', org: 'RBC Dain Rauscher', fid: '8035', brokerId: 'RBCDain.com', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'ofx.rwbaird.com',
    url: 'https://ofx.rwbaird.com',
    institutions: [
      { id: 'robert-w-baird-co', name: 'Robert W. Baird & Co.', org: 'Robert W. Baird & Co.', fid: '1109', brokerId: 'rwbaird.com', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'ofx.schools.org',
    url: 'https://ofx.schools.org/TekPortalOFX/servlet/TP_OFX_Controller',
    institutions: [
      { id: 'schools-financial-credit-union', name: 'Schools Financial Credit Union', org: 'Teknowledge', fid: '90001', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.selco.org',
    url: 'https://ofx.selco.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'selco-ccu', name: 'SELCO CCU', org: 'SELCO', fid: '323274445', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.sharebuilder.com',
    url: 'https://ofx.sharebuilder.com',
    institutions: [
      { id: 'sharebuilder', name: 'ShareBuilder', org: 'ShareBuilder', fid: '5575', brokerId: 'sharebuilder.com', strength: 'answered', seen: '2015-02', ended: { loads: true, since: '2018', by: null, what: 'became Capital One Investing, which went to E*TRADE in 2018', successor: 'etrade' } },
    ],
  },
  {
    host: 'ofx.suncoastfcu.org',
    url: 'https://ofx.suncoastfcu.org',
    institutions: [
      { id: 'suncoast-schools-federal-credit-union', name: 'Suncoast Schools Federal Credit Union', aliases: ['Suncoast Credit Union'], org: 'SunCoast', fid: '1001', strength: 'answered', seen: '2012-10', dc: 'yes?', bid: '15469' },
    ],
  },
  {
    host: 'ofx.svbconnect.com',
    url: 'https://ofx.svbconnect.com/eftxweb/access.ofx',
    institutions: [
      { id: 'svb', name: 'SVB', org: 'SVB', fid: '944', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx.tangerine.ca',
    url: 'https://ofx.tangerine.ca',
    institutions: [
      { id: 'tangerine-bank-canada', name: 'Tangerine Bank (Canada)', org: 'TangerineBank', fid: '10951', strength: 'answered', seen: '2015-02', quirks: { profile: 'never' }, why: { profile: 'another program never asks it for a profile (its settings, 2015-02)' } },
    ],
  },
  {
    host: 'ofx.uccu.com',
    url: 'https://ofx.uccu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'utah-community-credit-union', name: 'Utah Community Credit Union', org: 'Utah Community Credit Union', fid: '324377820', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.uesp.org',
    url: 'https://ofx.uesp.org/ofx.ashx',
    institutions: [
      { id: 'utah-educational-savings-plan-uesp', name: 'Utah Educational Savings Plan-UESP', org: 'UHEAAUESP', fid: '1', brokerId: 'UHEAAUESP', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.umpquabank.com',
    url: 'https://ofx.umpquabank.com/ofx/process.ofx',
    institutions: [
      { id: 'umpqua-bank', name: 'Umpqua Bank', org: 'Umpqua', fid: '1001', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx.unionsavings.com',
    url: 'https://ofx.unionsavings.com/ofx/ofx.ofx',
    institutions: [
      { id: 'union-savings-bank-ct', name: 'Union Savings Bank CT', org: 'USB', fid: '1001', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'ofx.uwcu.org',
    url: 'https://ofx.uwcu.org/serverext.dll',
    institutions: [
      { id: 'uw-credit-union', name: 'UW Credit Union', org: 'UWCU', fid: '1001', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofx1.401kaccess.com',
    url: 'https://ofx1.401kaccess.com',
    institutions: [
      { id: 'schwab-the-401k-company', name: 'Schwab - The 401k Company', org: 'The 401k Company', fid: '11811', brokerId: 'www.401kaccess.com', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofx1.ubs.com',
    url: 'https://ofx1.ubs.com/eftxweb/access.ofx',
    institutions: [
      { id: 'ubs-financial-services-inc', name: 'UBS Financial Services Inc.', org: 'Intuit', fid: '7772', brokerId: 'ubs.com', strength: 'answered', seen: '2015-02', dc: 'no', security: 'type1' },
    ],
  },
  {
    host: 'ofxcnetcb.centralbank.com',
    url: 'https://ofxcnetcb.centralbank.com/ofx/ofx.ofx',
    institutions: [
      { id: 'central-bank-ky-consumer', name: 'Central Bank, KY-Consumer', org: 'CNETCB', fid: '58113', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ofxcnetjc.centralbank.com',
    url: 'https://ofxcnetjc.centralbank.com/ofx/ofx.ofx',
    institutions: [
      { id: 'central-bank-jeffco-ky-consumer', name: 'Central Bank-Jeff.Co-KY-Consumer', org: 'CNETJC', fid: '58116', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'ofxdc.wellsfargo.com',
    url: 'https://ofxdc.wellsfargo.com/ofxfcc/process.ofx',
    institutions: [
      { id: 'first-clearing-llc', name: 'First Clearing, LLC', org: 'First Clearing, LLC', fid: '10033', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'ofxgcs.toolkit.clearco.com',
    url: 'https://ofxgcs.toolkit.clearco.com',
    institutions: [
      { id: 'jp-morgan-clearing-corp', name: 'J.P. Morgan Clearing Corp.', org: 'GCS', fid: '7315', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ofxpcs.toolkit.clearco.com',
    url: 'https://ofxpcs.toolkit.clearco.com',
    institutions: [
      { id: 'jp-morgan-securities', name: 'J.P. Morgan Securities', org: 'PCS', fid: '7315', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'olb.cvcb.com',
    url: 'https://olb.cvcb.com/ofx/ofx.ofx',
    institutions: [
      { id: 'central-valley-community-bank', name: 'Central Valley Community Bank', org: 'CVCB', fid: '62523', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'olb.tvacreditunion.com',
    url: 'https://olb.tvacreditunion.com/OFXDirect/OFXRqst.aspx',
    institutions: [
      { id: 'knoxville-tva-emp-cu', name: 'Knoxville TVA Emp CU', org: 'Connect', fid: '57864', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'olbp.bankofthewest.com',
    url: 'https://olbp.bankofthewest.com/ofx0002/ofx_isapi.dll',
    institutions: [
      { id: 'bank-of-the-west', name: 'Bank of the West', org: 'BancWest Corp', fid: '5809', strength: 'answered', seen: '2012-10', dc: 'no?', ended: { loads: true, since: '2023', by: null, what: 'was taken over by BMO in 2023' } },
    ],
  },
  {
    host: 'olbp.fhb.com',
    url: 'https://olbp.fhb.com/ofx0001/ofx_isapi.dll',
    institutions: [
      { id: 'first-hawaiian-bank', name: 'First Hawaiian Bank', org: 'BancWest Corp', fid: '3501', strength: 'answered', seen: '2012-10', dc: 'yes', bid: '70129' },
    ],
  },
  {
    host: 'ondemand.ufcu.org',
    url: 'https://OnDemand.ufcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'university-federal-credit-union', name: 'University Federal Credit Union', org: 'Univerisity FCU', fid: '314977405', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'online.bmtc.com',
    url: 'https://online.bmtc.com/ofx/ofx.ofx',
    institutions: [
      { id: 'bryn-mawr-trust', name: 'Bryn Mawr Trust', org: 'BMTC', fid: '63060', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'online.datcu.coop',
    url: 'https://online.datcu.coop/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'datcu', name: 'DATCU', org: 'DATCU', fid: '311980725', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'online.fnbli.com',
    url: 'https://online.fnbli.com/ofx/ofx.ofx',
    institutions: [
      { id: 'the-first-national-bank-of-long', name: 'The First National Bank of Long', org: 'FNBLI', fid: '62412', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'online.fsfcu.com',
    url: 'https://online.fsfcu.com/ofx/ofx.ofx',
    institutions: [
      { id: 'fort-sill-federal-credit-union', name: 'Fort Sill Federal Credit Union', org: 'FSFCU', fid: '62682', version: '160', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'online.mecunet.org',
    url: 'https://online.mecunet.org/scripts/isaofx.dll',
    institutions: [
      { id: 'motorola-employees-credit-union', name: 'Motorola Employees Credit Union', org: 'MECU', fid: '271984311', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'online.michedcu.org',
    url: 'https://online.michedcu.org/ofx/ofx.ofx',
    institutions: [
      { id: 'michigan-educational-credit-unio', name: 'Michigan Educational Credit Unio', org: 'MECU', fid: '62538', version: '160', strength: 'settings', seen: '2019-05', dc: 'no' },
    ],
  },
  {
    host: 'onlinebanking.bsbks.com',
    url: 'https://onlinebanking.bsbks.com/pages/olb.ofx.1_0_3.axd',
    institutions: [
      { id: 'bennington-state-bank-kansas', name: 'Bennington State Bank, Kansas', org: 'Automated Systems', fid: '15990', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'onlinebanking.congressionalfcu.org',
    url: 'https://onlinebanking.congressionalfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'congressional-federal-credit-union', name: 'Congressional Federal Credit Union', aliases: ['Wright Patman Congressional FCU'], org: 'Users', fid: '254074345', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'onlinebanking.earlhambank.com',
    url: 'https://onlinebanking.earlhambank.com/pages/olb.ofx.1_0_3.axd',
    institutions: [
      { id: 'earlham-savings-bank', name: 'Earlham Savings Bank', org: 'Automated Systems, Inc.', fid: '49659', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'onlinebanking.esfcu.org',
    url: 'https://onlinebanking.esfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'educational-systems-fcu', name: 'Educational Systems FCU', org: 'Users, Inc.', fid: '255077008', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'onlinebanking.kingsleybank.com',
    url: 'https://onlinebanking.kingsleybank.com/pages/olb.ofx.1_0_3.axd',
    institutions: [
      { id: 'kingsley-state-bank', name: 'Kingsley State Bank', org: 'Kingsley State Bank', fid: '51348', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'onlineservices.synergyonefcu.org',
    url: 'https://onlineservices.synergyonefcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'synergy-one-federal-credit-union', name: 'Synergy One Federal Credit Union', org: 'Synergy One Federal Credit Union', fid: '10510', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pat.usersonlnet.com',
    url: 'https://pat.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'patriots-federal-credit-union', name: 'Patriots Federal Credit Union', org: 'PAT FCU', fid: '322281963', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcaccess.nefcu.com',
    url: 'https://pcaccess.nefcu.com/ofx/ofx.dll',
    institutions: [
      { id: 'new-england-federal-credit-union', name: 'New England Federal Credit Union', org: 'New England Federal Credit Union', fid: '2104', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcbanking.umb.com',
    url: 'https://pcbanking.umb.com/hs_ofx/hsofx.dll',
    institutions: [
      { id: 'umb-bank-0', name: 'UMB Bank', org: 'UMB', fid: '0', strength: 'listed', seen: '2015-02', dc: 'yes', bid: '03781', note: 'The August 2026 list marks this entry as one that is being withdrawn; its online banking is listed for downloaded files only.' },
    ],
  },
  {
    host: 'pcbranch.usacu.org',
    url: 'https://pcbranch.usacu.org/ofx/ofx.dll',
    institutions: [
      { id: 'usagencies-credit-union', name: 'USAgencies Credit Union', org: 'USAgencies Credit Union', fid: '1', strength: 'listed', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'pccu.dcfcu.coop',
    url: 'https://pccu.dcfcu.coop/ofx/ofx.dll',
    institutions: [
      { id: 'denver-community-federal-credit-union', name: 'Denver Community Federal Credit Union', org: 'Denver Community FCU', fid: '10524', strength: 'listed', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'pcfirst.cccu.com',
    url: 'https://pcfirst.cccu.com/PCFirstofx/ofxrqst.aspx',
    institutions: [
      { id: 'city-county-credit-union', name: 'City County Credit Union', org: 'Connect', fid: '9421', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'pctied.figfcu.org',
    url: 'https://pctied.figfcu.org/OFX/OFX.dll',
    institutions: [
      { id: 'farmers-insurance-group-fcu', name: 'Farmers Insurance Group FCU', org: 'FIGFCU', fid: '10465', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'pctouchlink.cypruscu.com',
    url: 'https://pctouchlink.cypruscu.com/ofx/ofx.dll',
    institutions: [
      { id: 'cyprus-federal-credit-union', name: 'Cyprus Federal Credit Union', org: 'Cyprus Federal Credit Union', fid: '11065', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'pcu.1stcomm.org',
    url: 'https://pcu.1stcomm.org/scripts/isaofx.dll',
    institutions: [
      { id: 'first-community-fcu', name: 'First Community FCU', org: 'FirstCommunityFCU', fid: '272483633', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcu.cenfedcu.org',
    url: 'https://pcu.cenfedcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'century-federal-credit-union', name: 'Century Federal Credit Union', org: 'CenturyFederalCU', fid: '241075056', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'pcu.citadelfcu.org',
    url: 'https://pcu.citadelfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'citadel-federal-credit-union', name: 'Citadel Federal Credit Union', org: 'CitadelFCU', fid: 'citadel', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'pcu.communityfirstcu.org',
    url: 'https://pcu.communityfirstcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'community-first-credit-union', name: 'Community First Credit Union', org: 'Community First Credit Union', fid: '275982801', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcu.comstarfcu.org',
    url: 'https://pcu.comstarfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'comstar-fcu', name: 'COMSTAR FCU', org: 'Comstar Federal Credit Union', fid: '255074988', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'pcu.cpfcu.com',
    url: 'https://pcu.cpfcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'cedar-point-federal-credit-union', name: 'Cedar Point Federal Credit Union', org: 'Cedar Point Federal Credit Union', fid: '255077736', strength: 'answered', seen: '2015-02', dc: 'yes' },
    ],
  },
  {
    host: 'pcu.creditunion1.org',
    url: 'https://pcu.creditunion1.org/scripts/isaofx.dll',
    institutions: [
      { id: 'credit-union-1-il', name: 'Credit Union 1 - IL', org: 'Credit Union 1', fid: '271188081', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'pcu.dayair.org',
    url: 'https://pcu.dayair.org/scripts/isaofx.dll',
    institutions: [
      { id: 'day-air-credit-union', name: 'Day Air Credit Union', org: 'Day Air Credit Union', fid: '242277808', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'pcu.envisioncu.com',
    url: 'https://pcu.envisioncu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'envision-credit-union', name: 'Envision Credit Union', org: 'Envision Credit Union', fid: '263182558', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'pcu.firstcomcu.org',
    url: 'https://pcu.firstcomcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'first-commonwealth-fcu', name: 'First Commonwealth FCU', org: 'FirstCommonwealthFCU', fid: '231379199', strength: 'answered', seen: '2012-10', dc: 'no?' },
    ],
  },
  {
    host: 'pcu.mygcscu.com',
    url: 'https://pcu.mygcscu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'gcs-federal-credit-union', name: 'GCS Federal Credit Union', org: 'USERS', fid: '281076853', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcu.sacfcu.com',
    url: 'https://pcu.sacfcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'sac-federal-credit-union', name: 'SAC FEDERAL CREDIT UNION', org: 'SAC Federal CU', fid: '091901480', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'pcu2.gecuf.org',
    url: 'https://pcu2.gecuf.org/scripts/isaofx.dll',
    institutions: [
      { id: 'first-florida-credit-union', name: 'First Florida Credit Union', org: 'First Llorida Credit Union', fid: '263079014', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'perseus.youracu.org',
    url: 'https://perseus.youracu.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'acu-americas-credit-union', name: "ACU - America's Credit Union", org: 'AMERICASCUDC', fid: '325180634', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'personalfinance.picacreditunion.com',
    url: 'https://personalfinance.picacreditunion.com/scripts/isaofx.dll',
    institutions: [
      { id: 'picatinny-federal-credit-union', name: 'Picatinny Federal Credit Union', org: 'Picatinny Federal Credit Union', fid: '221275216', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'pfm.davidsoncompanies.com',
    url: 'https://pfm.davidsoncompanies.com/eftxweb/access.ofx',
    institutions: [
      { id: 'd-a-davidson', name: 'D. A. Davidson', org: 'dadco.com', fid: '59401', brokerId: 'dadco.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'portfolio-ofx.gs.com',
    url: 'https://portfolio-ofx.gs.com:446/ofx/ofx.eftx',
    institutions: [
      { id: 'goldman-sachs', name: 'Goldman Sachs', org: 'gs.com', fid: '1234', brokerId: 'gs.com', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'ppc.floridatelco.org',
    url: 'https://ppc.floridatelco.org/scripts/isaofx.dll',
    institutions: [
      { id: 'florida-telco-cu', name: 'Florida Telco CU', org: 'FloridaTelcoCU', fid: 'FTCU', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ppcplus.121fcu.org',
    url: 'https://ppcplus.121fcu.org/scripts/isaofx.dll',
    institutions: [
      { id: '121-financial-credit-union', name: '121 Financial Credit Union', org: '121 Financial Credit Union', fid: '000001155', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'que.campuscu.com',
    url: 'https://que.campuscu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'campus-usa-credit-union', name: 'Campus USA Credit Union', org: 'Campus USA Credit Union', fid: '263178478', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'que.usersonlnet.com',
    url: 'https://que.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'the-queens-federal-credit-union', name: "The Queen's Federal Credit Union", org: 'The Queens Federal Credit Union', fid: '321379504', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'quicken.vcu.com',
    url: 'https://quicken.vcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'vantage-credit-union', name: 'Vantage Credit Union', org: 'EECU-St. Louis', fid: '281081479', strength: 'answered', seen: '2015-02', dc: 'no?', quirks: { profile: 'never' }, why: { profile: 'another program never asks it for a profile (its settings, 2015-02)' } },
    ],
  },
  {
    host: 'quickenonlinebanking.owb.com',
    url: 'https://quickenonlinebanking.owb.com/process.ofx',
    institutions: [
      { id: 'onewest-bank-1001', name: 'OneWest Bank', org: 'OWB', fid: '1001', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'rb.ibmsecu.org',
    url: 'https://rb.ibmsecu.org/ofx/ofx.dll',
    institutions: [
      { id: 'ibm-southeast-employees-federal-credit-union', name: 'IBM Southeast Employees Federal Credit Union', org: 'IBM Southeast EFCU', fid: '1779', strength: 'listed', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'rbserver.achievacu.com',
    url: 'https://rbserver.achievacu.com/ofx/ofx.dll',
    institutions: [
      { id: 'achieva-credit-union', name: 'Achieva Credit Union', org: 'Achieva Credit Union', fid: '4491', strength: 'answered', seen: '2015-02', dc: 'no?', security: 'type1' },
    ],
  },
  {
    host: 'rbserver.velocitycu.com',
    url: 'https://rbserver.velocitycu.com/ofx/ofx.dll',
    institutions: [
      { id: 'velocity-credit-union', name: 'Velocity Credit Union', org: 'Velocity Credit Union', fid: '9909', strength: 'answered', seen: '2015-02', dc: 'no?', security: 'type1' },
    ],
  },
  {
    host: 'remotebanking.aafcu.com',
    url: 'https://remotebanking.aafcu.com/ofx/ofx.dll',
    institutions: [
      { id: 'air-academy-fcu-1', name: 'Air Academy FCU', org: 'Air Academy Federal Credit Union', fid: '1', strength: 'listed', seen: '2012-10', dc: 'yes?' },
    ],
  },
  {
    host: 'remotebanking.denalifcu.com',
    url: 'https://remotebanking.denalifcu.com/ofx/ofx.dll',
    institutions: [
      { id: 'denali-alaskan-fcu', name: 'Denali Alaskan FCU', org: 'Denali Alaskan FCU', fid: '621', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'remotebanking.dvcu.org',
    url: 'https://remotebanking.dvcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'deer-valley-credit-union', name: 'Deer Valley Credit Union', org: 'Deer Valley Credit Union', fid: '10913', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'remotebanking.unitedfcu.com',
    url: 'https://remotebanking.unitedfcu.com/ofx/ofx.dll',
    institutions: [
      { id: 'united-federal-cu', name: 'United Federal CU', org: 'United Federal Credit Union', fid: '1908', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'saf.usersonlnet.com',
    url: 'https://saf.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'safeamerica-credit-union', name: 'SafeAmerica Credit Union', org: 'SafeAmerica Credit Union', fid: '321171757', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'safenet.online-cu.com',
    url: 'https://safenet.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'safe-federal-credit-union', name: 'SAFE Federal Credit Union', org: 'USERS', fid: '253279691', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'salofx.automatedfinancial.com',
    url: 'https://salofx.automatedfinancial.com',
    institutions: [
      { id: 'sterne-agee', name: 'Sterne Agee', org: 'AFS', fid: '2170', brokerId: 'sterneagee.com', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'sec.fcfcu.com',
    url: 'https://sec.fcfcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'finance-center-fcu', name: 'Finance Center FCU', org: 'Finance Center FCU', fid: '274073876', strength: 'answered', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'sec.usersonlnet.com',
    url: 'https://sec.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'security-1st-fcu', name: 'Security 1st FCU', org: 'Security 1st FCU', fid: '314986292', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'secure.bfsfcu.org',
    url: 'https://secure.bfsfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'bank-fund-staff-fcu-2', name: 'Bank-Fund Staff FCU', org: 'Bank Fund Staff FCU', fid: '2', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'secure.insightcreditunion.com',
    url: 'https://secure.insightcreditunion.com/ofx/ofx.dll',
    institutions: [
      { id: 'insight-cu', name: 'Insight CU', org: 'Insight Credit Union', fid: '10764', strength: 'answered', seen: '2015-02', dc: 'yes?', security: 'type1' },
    ],
  },
  {
    host: 'secure.missoulafcu.org',
    url: 'https://secure.missoulafcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'missoula-federal-credit-union', name: 'Missoula Federal Credit Union', org: 'Missoula Federal Credit Union', fid: '5097', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'secure.mybankusb.com',
    url: 'https://secure.mybankusb.com/pages/olb.ofx.1_0_3.axd',
    institutions: [
      { id: 'union-state-bank', name: 'Union State Bank', org: 'Union State Bank, Everest', fid: '10861', version: '160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'secure.vacu.org',
    url: 'https://secure.vacu.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'virginia-cu', name: 'Virginia CU', org: 'VACUDC', fid: '251082615', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'secure1.yvcu.org',
    url: 'https://secure1.yvcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'yakima-valley-credit-union', name: 'Yakima Valley Credit Union', org: 'Yakima Valley Credit Union', fid: '325183796', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'secureofx2.bankhost.com',
    url: 'https://secureofx2.bankhost.com/citi/cgi-forte/ofx_rt?servicename=ofx_rt&pagename=ofx',
    institutions: [
      { id: 'quicken-credit-card', name: 'Quicken Credit Card', org: 'HAHI', fid: '3601', strength: 'answered', seen: '2012-10', dc: 'no' },
    ],
  },
  {
    host: 'seven.was.hewitt.com',
    url: 'https://seven.was.hewitt.com/eftxweb/access.ofx',
    institutions: [
      { id: 'hewitt-associates-llc', name: 'Hewitt Associates LLC', org: 'hewitt.com', fid: '242', brokerId: 'hewitt.com', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'siouxlandfederalcu.online-cu.com',
    url: 'https://siouxlandfederalcu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'siouxland-federal-credit-union', name: 'Siouxland Federal Credit Union', org: 'USERS', fid: '304982235', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'slc.usersonlnet.com',
    url: 'https://slc.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'salt-lake-city-credit-union', name: 'Salt Lake City Credit Union', org: 'Salt Lake City Credit Union', fid: '324079186', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'ssl3.wsecu.org',
    url: 'https://ssl3.wsecu.org/ofxserver/ofxsrvr.dll',
    institutions: [
      { id: 'wsecu', name: 'WSECU', org: 'WSECU', fid: '325181028', version: '211', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'starpclegacy.jscfcu.org',
    url: 'https://starpclegacy.jscfcu.org/ofx/ofx.dll',
    institutions: [
      { id: 'jsc-federal-credit-union', name: 'JSC Federal Credit Union', org: 'JSC Federal Credit Union', fid: '10491', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
  {
    host: 'tbofx.capfed.com',
    url: 'https://tbofx.capfed.com/scripts/serverext.dll',
    institutions: [
      { id: 'capitol-federal-savings-bank', name: 'Capitol Federal Savings Bank', org: 'CapFed', fid: '1001', strength: 'listed', seen: '2012-10', dc: 'yes' },
    ],
  },
  {
    host: 'tfcu-nfuse01.texacocommunity.org',
    url: 'https://tfcu-nfuse01.texacocommunity.org/internetconnector/isaofx.dll',
    institutions: [
      { id: 'fivepoint-credit-union', name: 'FivePoint Credit Union', org: 'MY CREDIT UNION', fid: '313187571', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'tri.usersonlnet.com',
    url: 'https://tri.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'tri-boro-federal-credit-union', name: 'Tri Boro Federal Credit Union', org: 'Tri Boro Federal Credit Union', fid: '243382747', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'trust-ofx.53.com',
    url: 'https://trust-ofx.53.com/eftxweb/access.ofx',
    institutions: [
      { id: 'fifth-third-trust', name: 'Fifth Third Bank (trust)', aliases: ['Fifth Third Bank'], org: 'Fifth Third Bank', fid: '13774', version: '220', strength: 'settings', seen: '2019-05', dc: 'yes?' },
    ],
  },
  {
    host: 'ucumiami.online-cu.com',
    url: 'https://ucumiami.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'university-credit-union-miami', name: 'University Credit Union Miami', org: 'USERS', fid: '21030', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'uff.usersonlnet.com',
    url: 'https://uff.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'us-first-fcu', name: 'U.S. First FCU', org: 'US First FCU', fid: '321076289', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'umc.usersonlnet.com',
    url: 'https://umc.usersonlnet.com/scripts/isaofx.dll',
    institutions: [
      { id: 'university-credit-union', name: 'University Credit Union', org: 'University Credit Union', fid: '267077850', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'utfinancial.online-cu.com',
    url: 'https://utfinancial.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'united-teletech-financial-fcu', name: 'United Teletech Financial FCU', aliases: ['United Teletech Financial'], org: 'Users', fid: '221276011', strength: 'answered', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'vault.summitcreditunion.com',
    url: 'https://vault.summitcreditunion.com/scripts/isaofx.dll',
    institutions: [
      { id: 'summit-credit-union-wi', name: 'Summit Credit Union - WI', org: 'Credit Union', fid: '275979034', strength: 'answered', seen: '2012-10', dc: 'no' },
    ],
  },
  {
    host: 'vis.informationmanagement.visa.com',
    url: 'https://vis.informationmanagement.visa.com/eftxweb/access.ofx',
    institutions: [
      { id: 'visa', name: 'VISA', org: 'VISA', fid: '10942', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'wcfcu.online-cu.com',
    url: 'https://wcfcu.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'windward-community-fcu', name: 'Windward Community FCU', org: 'Windward Community FCU', fid: '321380315', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'webaccess.americafirst.com',
    url: 'https://webaccess.americafirst.com/Ofx/process.ofx',
    institutions: [
      { id: 'america-first-credit-union', name: 'America First Credit Union', org: 'AFCU', fid: '1001', version: '160', strength: 'settings', seen: '2019-05', dc: 'yes' },
    ],
  },
  {
    host: 'webbranchofx.techcu.com',
    url: 'https://webbranchofx.techcu.com/TekPortalOFX/servlet/TP_OFX_Controller',
    institutions: [
      { id: 'technology-credit-union-11257', name: 'Technology Credit Union', org: 'Tech CU', fid: '11257', strength: 'listed', seen: '2015-02', dc: 'no' },
    ],
  },
  {
    host: 'webofx.oppenheimerfunds.com',
    url: 'https://webofx.oppenheimerfunds.com/eftxweb/access.ofx',
    institutions: [
      { id: 'oppenheimerfunds-inc', name: 'OppenheimerFunds, Inc', org: 'oppenheimerfunds.com', fid: '6726', brokerId: 'oppenheimerfunds.com', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'webpb.sfonline.org',
    url: 'https://webpb.sfonline.org/scripts/isaofx.dll',
    institutions: [
      { id: 'signal-financial-federal-credit-union', name: 'Signal Financial Federal Credit Union', org: 'Washington Telephone FCU', fid: '255075495', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'wheredreamstakeflight.online-cu.com',
    url: 'https://wheredreamstakeflight.online-cu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'continental-federal-credit-union', name: 'Continental Federal Credit Union', org: 'Credit Union', fid: '322077559', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www.altraonline.org',
    url: 'https://www.altraonline.org/altra_ofxdirect/ofxrqst.aspx',
    institutions: [
      { id: 'altra-federal-cu', name: 'Altra Federal CU', org: 'Connect', fid: '54495', version: '220', strength: 'settings', seen: '2019-05', dc: 'no' },
    ],
  },
  {
    host: 'www.centralink.org',
    url: 'https://www.centralink.org/scripts/isaofx.dll',
    institutions: [
      { id: 'centra-credit-union', name: 'Centra Credit Union', org: 'Centra CU', fid: '274972883', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'www.centriscuob.org',
    url: 'https://www.centriscuob.org/Scripts/isaofx.dll',
    institutions: [
      { id: 'centris-federal-credit-union', name: 'Centris Federal Credit Union', org: 'Users', fid: '304082876', strength: 'answered', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'www.cnbinternet.com',
    url: 'https://www.cnbinternet.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'community-resource-bank', name: 'Community Resource Bank', org: 'CNB', fid: '091917160', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'www.efirstbankpfm.com',
    url: 'https://www.efirstbankpfm.com/ofx/OFXServlet',
    institutions: [
      { id: 'firstbank-of-colorado', name: 'FirstBank of Colorado', org: 'FBDC', fid: 'FirstBank', version: '220', strength: 'settings', seen: '2019-05' },
    ],
  },
  {
    host: 'www.gcscu.net',
    url: 'https://www.gcscu.net/ofx/ofx.dll',
    institutions: [
      { id: 'canyon-state-credit-union', name: 'Canyon State Credit Union', org: 'Grand Canyon State Credit Union', fid: '10903', strength: 'listed', seen: '2012-10', security: 'type1' },
    ],
  },
  {
    host: 'www.investor360.net',
    url: 'https://www.investor360.net/OFX/FinService.asmx/GetData',
    institutions: [
      { id: 'iinvestor360', name: 'Iinvestor360', org: 'Fidelity', fid: '7784', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www.lbsfcu.org',
    url: 'https://www.lbsfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'lbs-financial-credit-union', name: 'LBS Financial Credit Union', org: 'USERS', fid: '322276855', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'www.mattweb.cfefcu.com',
    url: 'https://www.mattweb.cfefcu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'central-florida-educators-federal-credit', name: 'Central Florida Educators Federal Credit Union', org: 'CentralFloridaEduc', fid: '590678236', strength: 'answered', seen: '2012-10' },
    ],
  },
  {
    host: 'www.mccoydirect.org',
    url: 'https://www.mccoydirect.org/scripts/isaofx.dll',
    institutions: [
      { id: 'mccoy-federal-credit-union', name: 'McCoy Federal Credit Union', org: 'McCoy Federal Credit Union', fid: '263179956', strength: 'listed', seen: '2015-02', dc: 'no?' },
    ],
  },
  {
    host: 'www.pcu.kscfcu.org',
    url: 'https://www.pcu.kscfcu.org/scripts/isaofx.dll',
    institutions: [
      { id: 'kennedy-space-center-fcu', name: 'Kennedy Space Center FCU', org: 'Kennedy Space Center FCU', fid: '263179532', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www.pyramid.cfree.com',
    url: 'https://www.pyramid.cfree.com/fip/genesis/prod/05012.ofx',
    institutions: [
      { id: 'ironstone-bank', name: 'IronStone Bank', org: 'first Citizens BancShares', fid: '5012', strength: 'answered', seen: '2015-02' },
    ],
  },
  {
    host: 'www.sierracpu.com',
    url: 'https://www.sierracpu.com/scripts/isaofx.dll',
    institutions: [
      { id: 'sierra-central-credit-union', name: 'Sierra Central Credit Union', org: 'Sierra Central Credit Union', fid: '321174770', version: '220', strength: 'settings', seen: '2019-05', dc: 'no?' },
    ],
  },
  {
    host: 'www.silverstatecu.com',
    url: 'https://www.silverstatecu.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'silver-state-schools-cu', name: 'Silver State Schools CU', org: 'SSSCU', fid: '322484265', strength: 'listed', seen: '2015-02', dc: 'yes?' },
    ],
  },
  {
    host: 'www.swacuflashbp.org',
    url: 'https://www.swacuflashbp.org/scripts/isaofx.dll',
    institutions: [
      { id: 'southwest-airlines-fcu', name: 'Southwest Airlines FCU', org: 'Southwest Airlines EFCU', fid: '311090673', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www.tsb-a.com',
    url: 'https://www.tsb-a.com/OFXServer/ofxsrvr.dll',
    institutions: [
      { id: 'texas-state-bank-mcallen', name: 'Texas State Bank - McAllen', org: 'Texas State Bank', fid: '114909013', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www.vecumoneylink.org',
    url: 'https://www.vecumoneylink.org/scripts/isaofx.dll',
    institutions: [
      { id: 'virginia-educators-credit-union', name: 'Virginia Educators Credit Union', org: 'Virginia Educators CU', fid: '251481355', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www2.financialtrans.com',
    url: 'https://www2.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=3000518',
    institutions: [
      { id: 'american-funds-dst', name: 'American Funds', org: 'DST', brokerId: 'www.americanfunds.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www3.financialtrans.com',
    url: 'https://www3.financialtrans.com/tf/OFXServer?tx=OFXController&cz=702110804131918&cl=52204081925',
    institutions: [
      { id: 'weitz-funds', name: 'Weitz Funds', org: 'weitz.com', fid: 'weitz.com', brokerId: 'weitz.com', strength: 'listed', seen: '2015-02' },
    ],
  },
  {
    host: 'www3.troweprice.com',
    url: 'https://www3.troweprice.com/ffs/ffsweb/OFXServlet',
    institutions: [
      { id: 't-rowe-price-retirement-plans', name: 'T. Rowe Price Retirement Plans', org: 'T. Rowe Price', fid: '40109', strength: 'answered', seen: '2015-02', security: 'type1' },
    ],
  },
];
