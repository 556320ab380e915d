"""Problem sentences of identifiers."""

from __future__ import annotations

from hub.core.texts.text import Text

IDENTIFIER_PROBLEMS: dict[str, Text] = {
    "USCC_LENGTH": Text(
        "统一社会信用代码须为18位，当前为{length}位。",
        "A unified social credit code has 18 characters; this one has {length}.",
    ),
    "USCC_LETTER": Text(
        "统一社会信用代码第{position}位为“{character}”：该代码不使用字母 I、O、S、V、Z，请核对是否为“{expected}”。",
        "Character {position} of the unified social credit code is “{character}”: "
        "I, O, S, V and Z are not used; perhaps “{expected}”.",
    ),
    "USCC_CHARACTER": Text(
        "统一社会信用代码第{position}位“{character}”不可用，可用字符为 {expected}。",
        "Character {position} of the unified social credit code, “{character}”, is not allowed; use one of {expected}.",
    ),
    "USCC_REGION_DIGIT": Text(
        "统一社会信用代码第3至8位为行政区划码，第{position}位“{character}”须为数字（{expected}）。",
        "Characters 3–8 of the unified social credit code are the division; "
        "character {position}, “{character}”, must be a digit ({expected}).",
    ),
    "USCC_CHECK": Text(
        "统一社会信用代码校验不通过：按前17位第{position}位应为“{expected}”，实为“{character}”，请逐位核对。",
        "The unified social credit code fails its check: by the first 17 characters, character {position} "
        "should be “{expected}”, not “{character}”; compare every character.",
    ),
    "USCC_KIND_UNKNOWN": Text(
        "统一社会信用代码前两位“{character}”不在登记管理部门和机构类别代码表中，请核对。",
        "The first two characters “{character}” of the unified social credit code are no listed authority and kind.",
    ),
    "USCC_REGION_UNKNOWN": Text(
        "统一社会信用代码第3至8位“{character}”不是已知行政区划码，请核对。",
        "Characters 3–8 “{character}” of the unified social credit code are no known division.",
    ),
    "USCC_ORGANIZATION_CHECK": Text(
        "统一社会信用代码内的组织机构代码校验不通过：第{position}位应为“{expected}”，实为“{character}”"
        "（部分旧代码如此，可以使用）。",
        "The organisation code inside fails its check: character {position} should be “{expected}”, "
        "not “{character}” (so with some old codes; accepted).",
    ),
    "CITIZEN_ID_LENGTH": Text(
        "公民身份号码须为18位（旧号15位），当前为{length}位。",
        "A citizen identity number has 18 characters (15 in the old form); this one has {length}.",
    ),
    "CITIZEN_ID_CHARACTER": Text(
        "公民身份号码第{position}位“{character}”不可用，应为 {expected}。",
        "Character {position} of the citizen identity number, “{character}”, is not allowed; expected {expected}.",
    ),
    "CITIZEN_ID_REGION": Text(
        "公民身份号码第{position}至2位“{character}”不是省级行政区划码。",
        "Characters {position}–2 of the citizen identity number, “{character}”, are no provincial division.",
    ),
    "CITIZEN_ID_YEAR": Text(
        "公民身份号码自第{position}位起的出生年份须在 {expected} 之间。",
        "The year of birth from character {position} of the citizen identity number must lie in {expected}.",
    ),
    "CITIZEN_ID_MONTH": Text(
        "公民身份号码自第{position}位起的出生月份须在 {expected} 之间。",
        "The month of birth from character {position} of the citizen identity number must lie in {expected}.",
    ),
    "CITIZEN_ID_DAY": Text(
        "公民身份号码自第{position}位起的出生日须在 {expected} 之间。",
        "The day of birth from character {position} of the citizen identity number must lie in {expected}.",
    ),
    "CITIZEN_ID_FUTURE": Text(
        "公民身份号码自第{position}位起的出生日期晚于今天。",
        "The date of birth from character {position} of the citizen identity number lies in the future.",
    ),
    "CITIZEN_ID_CHECK": Text(
        "公民身份号码校验不通过：按前17位第{position}位应为“{expected}”，实为“{character}”，请逐位核对。",
        "The citizen identity number fails its check: by the first 17 digits, character {position} "
        "should be “{expected}”, not “{character}”; compare every character.",
    ),
    "REGION_LENGTH": Text(
        "行政区划代码须为6位（乡级9位、村级12位），当前为{length}位。",
        "A division code has 6 digits (9 for a township, 12 for a village); this one has {length}.",
    ),
    "REGION_CHARACTER": Text(
        "行政区划代码第{position}位“{character}”须为数字。",
        "Character {position} of the division code, “{character}”, must be a digit.",
    ),
    "REGION_PROVINCE": Text(
        "行政区划代码第{position}至2位“{character}”不是省级代码。",
        "Characters {position}–2 of the division code, “{character}”, are no provincial code.",
    ),
    "REGION_GAP": Text(
        "行政区划代码第{position}至4位为“{character}”时，其后各位须为0。",
        "Where characters {position}–4 of the division code are “{character}”, only zeros may follow.",
    ),
    "CASE_NUMBER_LENGTH": Text(
        "案号不得为空，也不得超过{limit}个字符，当前为{length}个。",
        "A case number has 1 to {limit} characters; this one has {length}.",
    ),
    "CASE_NUMBER_YEAR": Text(
        "案号第{position}位“{character}”处应为四位收案年度（{expected}）。",
        "At place {position} of the case number, “{character}”, a four-digit filing year is expected ({expected}).",
    ),
    "CASE_NUMBER_BRACKET": Text(
        "案号第{position}位“{character}”处括号不成对，应为 {expected}。",
        "At place {position} of the case number, “{character}”, the brackets do not match; expected {expected}.",
    ),
    "CASE_NUMBER_COURT": Text(
        "案号第{position}位“{character}”不是法院代字，应以下列之一开头：{expected}。",
        "At place {position} of the case number, “{character}” starts no court code; expected one of {expected}.",
    ),
    "CASE_NUMBER_COURT_UNKNOWN": Text(
        "法院代字表中没有“{court}”，请核对案号。", "No court bears the code “{court}”; check the case number."
    ),
    "CASE_NUMBER_COURT_NOT_YET": Text(
        "{year}年尚无代字为“{court}”的法院，请核对收案年度和法院代字。",
        "In {year} no court bore the code “{court}” yet; check the year and the court.",
    ),
    "CASE_NUMBER_COURT_ENDED": Text(
        "{year}年已无代字为“{court}”的法院，请核对收案年度和法院代字。",
        "In {year} no court bore the code “{court}” any more; check the year and the court.",
    ),
    "CASE_NUMBER_COURT_DIGITS": Text(
        "案号第{position}位起的法院代字数字“{character}”位数不对，应为 {expected} 位。",
        "The digits “{character}” of the court code at place {position} of the case number are too few or too many; "
        "expected {expected}.",
    ),
    "CASE_NUMBER_TYPE": Text(
        "案号第{position}位“{character}”处缺少类型代字（如 {expected}）。",
        "At place {position} of the case number, “{character}”, the type code is missing (such as {expected}).",
    ),
    "CASE_NUMBER_TYPE_LENGTH": Text(
        "案号第{position}位起的类型代字“{character}”须为 {expected} 个汉字。",
        "The type code “{character}” at place {position} of the case number must have {expected} characters.",
    ),
    "CASE_NUMBER_SEQUENCE": Text(
        "案号第{position}位“{character}”处应为案件编号（{expected}）。",
        "At place {position} of the case number, “{character}”, the serial number is expected ({expected}).",
    ),
    "CASE_NUMBER_ENDING": Text(
        "案号第{position}位“{character}”处应为“{expected}”。",
        "At place {position} of the case number, “{character}”, “{expected}” is expected.",
    ),
    "CASE_NUMBER_TRAILING": Text(
        "案号第{position}位“{character}”起多余；“号”后只可为 {expected}。",
        "From place {position}, “{character}”, the case number goes on too long; after 号 only {expected} may follow.",
    ),
    "CASE_NUMBER_LEGACY_FORM": Text(
        "案号第{position}位“{character}”起不符合旧式案号的写法（{expected}）。",
        "From place {position}, “{character}”, this is no case number of the old form ({expected}).",
    ),
    "CASE_NUMBER_TYPE_UNKNOWN": Text(
        "案号的类型代字“{type}”不在已知代字表中，已照录，请核对。",
        "The type code “{type}” of the case number is not in the table; kept as it stands, please check.",
    ),
    "CASE_NUMBER_YEAR_EARLY": Text(
        "收案年度{year}早于现行案号规则施行的{rule_year}年，请核对。",
        "The filing year {year} is before the present rule took effect in {rule_year}; please check.",
    ),
    "CASE_NUMBER_YEAR_LATE": Text(
        "旧式案号的收案年度{year}在现行案号规则施行（{rule_year}年）之后，请核对。",
        "A number of the old form with the filing year {year}, after the present rule of {rule_year}; please check.",
    ),
    "DOCUMENT_NUMBER_LENGTH": Text(
        "发文字号不得为空，也不得超过{limit}个字符，当前为{length}个。",
        "A document number has 1 to {limit} characters; this one has {length}.",
    ),
    "DOCUMENT_NUMBER_ORGAN": Text(
        "发文字号第{position}位“{character}”处应为机关代字（如 {expected}）。",
        "At place {position} of the document number, “{character}”, the organ code is expected (such as {expected}).",
    ),
    "DOCUMENT_NUMBER_YEAR": Text(
        "发文字号第{position}位“{character}”处应为四位年份（{expected}）。",
        "At place {position} of the document number, “{character}”, a four-digit year is expected ({expected}).",
    ),
    "DOCUMENT_NUMBER_SERIAL": Text(
        "发文字号第{position}位“{character}”处应为发文顺序号（{expected}）。",
        "At place {position} of the document number, “{character}”, the serial number is expected ({expected}).",
    ),
    "PHONE_CHARACTER": Text(
        "电话号码第{position}位“{character}”不可用，只能用数字。",
        "Character {position} of the telephone number, “{character}”, is not allowed; use digits.",
    ),
    "EMAIL_FORM": Text(
        "电子邮箱须形如 name@example.gov.cn，不超过{limit}个字符。",
        "Give an e-mail address such as name@example.gov.cn, of at most {limit} characters.",
    ),
    "PHONE_FORM": Text(
        "电话号码须为11位手机号或带区号的固定电话（分机用“#”），当前为{length}位。",
        "A telephone number is an 11-digit mobile or a landline with area code (extension after #); "
        "this one has {length} characters.",
    ),
}
