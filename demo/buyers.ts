import type { RecipientSpec } from "../sandbox/control-client"

/** Somebody who buys on Shopee. */
export interface Buyer {
  userId: number
  username: string
  recipient: RecipientSpec
}

const FIRST_USER_ID = 410_200_300

/** Invented: name, street, unit and postal code of nobody. */
const PEOPLE: readonly (readonly [name: string, street: string, unit: string, zipcode: string])[] = [
  ["Tan Wei Ming", "Blk 118 Bukit Merah View", "#07-231", "151118"],
  ["Nurul Aisyah Binte Rahmat", "Blk 402 Tampines Street 41", "#11-58", "520402"],
  ["Priya Nair", "Blk 77 Telok Blangah Drive", "#03-19", "100077"],
  ["Lim Jia Hui", "16 Lorong Melayu", "", "416940"],
  ["Muhammad Faris", "Blk 634 Jurong West Street 65", "#14-402", "640634"],
  ["Chloé D'Souza", "9 Duchess Avenue", "#02-05", "269126"],
  ["Goh Kah Seng", "Blk 210 Toa Payoh Lorong 8", "#05-117", "310210"],
  ["Siti Khadijah", "Blk 331 Ubi Avenue 3", "#09-24", "400331"],
  ["陈美玲", "Blk 57 Chai Chee Drive", "#12-08", "460057"],
  ["Arjun Pillai", "22 Jalan Kembangan", "", "419115"],
  ["Ong Shu Fen", "Blk 845 Yishun Street 81", "#06-77", "760845"],
  ["Jonathan Yeo", "38 Sunset Way", "#04-01", "597105"],
  ["Kavitha Raj", "Blk 269 Bangkit Road", "#10-33", "670269"],
  ["Wong Mei Xuan", "Blk 508 Serangoon North Avenue 4", "#02-61", "550508"],
]

/** Fifty buyers: their ids differ, their names repeat, since names are no identity. */
export const BUYERS: readonly Buyer[] = Array.from({ length: 50 }, (_, index) => {
  const [name, street, unit, zipcode] = PEOPLE[index % PEOPLE.length] ?? ["", "", "", ""]
  return {
    userId: FIRST_USER_ID + index * 7_919,
    username: `collector.${index + 1}`,
    recipient: {
      name,
      phone: `658${String(1_234_567 + index * 54_321).slice(-7)}`,
      zipcode,
      full_address: [street, unit, `Singapore ${zipcode}`].filter((part) => part !== "").join(", "),
    },
  }
})
