"""Problem sentences of auth."""

from __future__ import annotations

from hub.core.texts.text import Text

AUTH_PROBLEMS: dict[str, Text] = {
    "UNAUTHENTICATED": Text(
        "请求缺少访问令牌，请在 Authorization 请求头中以 Bearer 方式提供。",
        "The request carries no access token; send one as Bearer in the Authorization header.",
    ),
    "TOKEN_INVALID": Text(
        "访问令牌无效或已撤销，请重新申请令牌。", "The access token is invalid or revoked; request a new one."
    ),
    "TOKEN_EXPIRED": Text("访问令牌已过期，请重新申请令牌。", "The access token has expired; request a new one."),
    "OAUTH_CONTENT_TYPE": Text(
        "请求体须为 UTF-8 编码的 application/x-www-form-urlencoded 表单。",
        "The body must be an application/x-www-form-urlencoded form in UTF-8.",
    ),
    "OAUTH_BODY_TOO_LARGE": Text("请求体超过 16 KiB。", "The body is larger than 16 KiB."),
    "OAUTH_FORM_MALFORMED": Text("表单内容无法解析，请核对编码。", "The form cannot be read; check its encoding."),
    "OAUTH_PARAMETER_REPEATED": Text("每个参数只能出现一次。", "Each parameter may appear once only."),
    "OAUTH_PARAMETERS_IN_URL": Text(
        "参数和密钥不得放在网址中；如网址中含有密钥，请立即更换。",
        "Parameters and secrets must not be in the URL; if a secret was, rotate it now.",
    ),
    "OAUTH_CREDENTIALS_MIXED": Text(
        "一次请求只能使用一种客户端认证方式。", "A request may use one client authentication method only."
    ),
    "OAUTH_GRANT_TYPE_MISSING": Text("缺少参数 grant_type。", "The parameter grant_type is missing."),
    "OAUTH_TOKEN_MISSING": Text("缺少参数 token。", "The parameter token is missing."),
    "OAUTH_CLIENT_REFUSED": Text(
        "客户端认证失败，请核对客户端标识、密钥或断言。",
        "Client authentication failed; check client id, secret or assertion.",
    ),
    "OAUTH_GRANT_TYPE_UNSUPPORTED": Text(
        "仅支持授权类型 client_credentials。", "The only grant type supported is client_credentials."
    ),
    "OAUTH_SCOPE_REFUSED": Text(
        "所申请的授权范围无效，或超出该客户端已登记的范围。",
        "The requested scope is invalid or exceeds what the client is registered for.",
    ),
    "OAUTH_TOKEN_FOREIGN": Text("该令牌不是签发给本客户端的。", "The token was not issued to this client."),
    "OAUTH_UNAVAILABLE": Text("服务暂时不可用，请稍后重试。", "The service is temporarily unavailable; retry shortly."),
    "CLIENT_ID_INVALID": Text(
        "客户端标识须为 3–100 个字母、数字、点、下划线或连字符，以字母或数字开头，且不得使用保留名称。",
        "A client id is 3–100 letters, digits, dots, underscores or hyphens, starts with a letter or digit, "
        "and is no reserved name.",
    ),
    "CLIENT_EXISTS": Text("客户端标识已被占用，请换用其他标识。", "The client id is taken; choose another."),
    "CLIENT_UNKNOWN": Text("没有该客户端，请核对标识。", "No such client; check the id."),
    "CLIENT_ORGANIZATION_UNKNOWN": Text(
        "没有该机构，或该机构目前不在有效期内。", "No such organisation, or it is not in existence now."
    ),
    "CLIENT_ROLE_NOT_HELD": Text(
        "该机构目前没有职能 {role}，不能授予客户端。", "The organisation does not hold the role {role} now."
    ),
    "CLIENT_SCOPES_EMPTY": Text("客户端至少需要一个授权范围。", "A client needs at least one scope."),
    "SCOPE_UNKNOWN": Text("没有该授权范围，请核对名称。", "No such scope; check its name."),
    "SCOPE_NOT_GRANTABLE": Text(
        "该机构目前的职能不能授予授权范围 {scope}。", "The organisation's current roles do not carry the scope {scope}."
    ),
    "CLIENT_HAS_KEYS": Text(
        "该客户端使用自己的密钥对认证，没有可更换的密钥；请提交新的公钥。",
        "The client authenticates with keys of its own and has no secret; submit new public keys.",
    ),
    "CLIENT_JWKS_REQUIRED": Text(
        "private_key_jwt 客户端须登记公钥（JWKS）。", "A private_key_jwt client needs its public keys (JWKS)."
    ),
    "CLIENT_JWKS_UNEXPECTED": Text(
        "client_secret_basic 客户端不登记公钥。", "A client_secret_basic client has no public keys."
    ),
    "JWKS_SIZE": Text("JWKS 的 keys 须含 1 至 {limit} 个公钥。", "The keys of a JWKS are 1 to {limit} public keys."),
    "JWKS_KEY_TYPE": Text(
        "公钥须为 P-256 椭圆曲线密钥，或 2048 至 4096 位的 RSA 密钥。",
        "A key must be EC on P-256, or RSA of 2048 to 4096 bits.",
    ),
    "JWKS_KEY_USE": Text(
        "公钥须用于签名（use 为 sig），算法为 ES256 或 PS256。",
        "A key must be for signing (use sig) with ES256 or PS256.",
    ),
    "JWKS_PRIVATE": Text(
        "只能提交公钥；所提交的内容含有私钥，该私钥应视为已泄露，请立即更换。",
        "Submit public keys only; the private key in this document must be considered exposed: replace it now.",
    ),
    "JWKS_KID": Text(
        "密钥标识 kid 须为 1–100 个可见 ASCII 字符，且互不相同。",
        "A kid is 1–100 visible ASCII characters, and each is different.",
    ),
}
