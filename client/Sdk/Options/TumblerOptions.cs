namespace Tumbler.Client;

/// <summary>How a service is guarded. In a configuration every property is a setting of the same name; lists are arrays or one text with
/// <c>;</c> between, durations are <c>30s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c> or ISO 8601.</summary>
/// <remarks>All of it is checked when the process starts. With <see cref="Enforce"/> on, what is wrong ends the start with one list.</remarks>
/// <example>
/// <code>
/// "Tumbler": { "Issuer": "https://tokens.example", "Audience": "https://orders.example" }
/// </code>
/// </example>
public sealed class TumblerOptions
{
    /// <summary>The ways a caller may prove who it is. Default: <see cref="TumblerModes.Jwt"/>.</summary>
    public TumblerModes Mode { get; set; } = TumblerModes.Jwt;

    /// <summary>The issuer, letter by letter as it stands in <c>iss</c>: an <c>https</c> URL. Required with <see cref="TumblerModes.Jwt"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>What a token must name in <c>aud</c>, one of these at least. Required with <see cref="TumblerModes.Jwt"/>: a service that takes
    /// tokens for any audience takes those that were given to others.</summary>
    public IList<string> Audience { get; } = [];

    /// <summary>Where the key set is. Default: what the issuer's metadata says (<c>/.well-known/openid-configuration</c>, then
    /// <c>/.well-known/oauth-authorization-server</c>).</summary>
    public string? JwksUrl { get; set; }

    /// <summary>A file with public keys or certificates in PEM, used while no key set could be fetched yet, or the last one is too old.</summary>
    public string? PemFile { get; set; }

    /// <summary>The values of <c>alg</c> that are accepted. Default: RS, PS and ES with 256, 384 and 512. HMAC and <c>none</c> can't be added.</summary>
    public IList<string> Algorithms { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The values of <c>typ</c> that are accepted. Default: <c>at+jwt</c> (RFC 9068). Add <c>JWT</c> for an issuer that does not write
    /// that; it also admits a token without <c>typ</c>. Then an ID token for the same audience is one as well.</summary>
    public IList<string> TokenTypes { get; } = ["at+jwt"];

    /// <summary>By how much clocks may differ, 0 s to 60 s. Every second of it a token lives longer than it says. Default: 30 s.</summary>
    public TimeSpan Skew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>False lets every request through and logs what would have been refused, while callers are being moved. Default: true.</summary>
    public bool Enforce { get; set; } = true;

    /// <summary>Paths that need no credential. <c>/health</c> is this path alone, <c>/public/</c> everything below it. Case counts, and a path that
    /// could be read in two ways (<c>//</c>, dots at the start of a segment, escapes) is never exempt. What an endpoint itself asks for, by
    /// <c>RequireScope</c> for example, it gets all the same.</summary>
    public IList<string> ExemptPaths { get; } = [];

    /// <summary>The claim that holds roles, a text or a list of them. Default: <c>roles</c> (RFC 9068 §2.2.3.1).</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>How old the key set may become before it is fetched again in the background, 10 s to 24 h. Default: 5 min.</summary>
    public TimeSpan KeysRefresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long the last good key set is used when no new one can be had, from <see cref="KeysRefresh"/> to 7 days. After that
    /// no token is accepted (503), unless there is a <see cref="PemFile"/>. Default: 24 h.</summary>
    public TimeSpan KeysStaleLimit { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long after a key set was asked for because of an unknown <c>kid</c> it is not asked for again for that reason, 1 s to 10 min: whoever
    /// makes up <c>kid</c>s causes no more requests than this. Default: 10 s.</summary>
    public TimeSpan UnknownKidCooldown { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether revocations are followed, so that what is revoked is refused within 5 s. Null: when the issuer's metadata names a kill
    /// list, as Tumbler's does, or <see cref="RevocationsUrl"/> is given. True: always; then <see cref="Issuer"/> is a Tumbler server's. Default: null.</summary>
    public bool? KillList { get; set; }

    /// <summary>Where the kill list is. Default: what the issuer's metadata says, else <c>/api/v1/revocations/{ring}</c> at the issuer.</summary>
    public string? RevocationsUrl { get; set; }

    /// <summary>How often the kill list is asked for, 500 ms to 60 s, beside its event stream, which is faster but may be dead without anybody
    /// noticing. Above 2 s a revocation may then take longer than 5 s. Default: 2 s.</summary>
    public TimeSpan RevocationsRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>For how long tokens are accepted although nothing is heard of revocations, 5 min to 7 days. After that, and before the first
    /// list, none is (503). It should be longer than the outages that you want to survive. Default: 4 h.</summary>
    public TimeSpan RevocationsStaleLimit { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Where API keys are verified. Default: <c>/api/v1/api-keys/verify</c> at the issuer. Required with <see cref="TumblerModes.ApiKey"/>
    /// when there is no <see cref="Issuer"/>.</summary>
    public string? ApiKeyVerifyUrl { get; set; }

    /// <summary>For how long a good answer about an API key is remembered, 0 s to 2 s. Default: 2 s.</summary>
    public TimeSpan ApiKeyCache { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The addresses and CIDR blocks of the gateways whose <see cref="SubjectHeader"/> is believed. <c>unix</c> are those that come by a
    /// Unix socket. Required with <see cref="TumblerModes.Mtls"/>.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The header in which a gateway names the subject of a client certificate. Default: <c>X-Client-Cert-Subject</c>.</summary>
    public string SubjectHeader { get; set; } = "X-Client-Cert-Subject";

    /// <summary>The subjects that are let in, in the form of RFC 4514 (<c>CN=billing,O=Acme,C=DE</c>) and letter by letter. An array: they contain
    /// what separates lists. Required with <see cref="TumblerModes.Mtls"/>.</summary>
    public IList<string> AllowedSubjects { get; } = [];

    /// <summary>Whether the URLs above may be plain <c>http</c> to other machines. Loopback always may. Whoever is between the two then chooses
    /// the keys. Default: false.</summary>
    public bool AllowHttp { get; set; }
}
