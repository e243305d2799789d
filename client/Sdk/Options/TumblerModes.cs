namespace Tumbler.Client;

/// <summary>By what callers prove who they are. Several may be combined; what is not named is not looked at.</summary>
[Flags]
public enum TumblerModes
{
    /// <summary>No way at all, which no configuration may mean.</summary>
    None = 0,

    /// <summary><c>Authorization: Bearer</c> with an access token of the issuer. In a configuration: <c>jwt</c>.</summary>
    Jwt = 1,

    /// <summary><c>X-API-Key</c>, about which a Tumbler server is asked. In a configuration: <c>api_key</c>.</summary>
    ApiKey = 2,

    /// <summary>The subject of a client certificate that a trusted gateway has verified. In a configuration: <c>mtls</c>.</summary>
    Mtls = 4,
}
