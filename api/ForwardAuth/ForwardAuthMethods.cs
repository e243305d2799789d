namespace Tumbler.Api.ForwardAuth;

/// <summary>By what a request that a gateway asks about may prove itself.</summary>
[Flags]
public enum ForwardAuthMethods
{
    None = 0,
    Jwt = 1,
    ApiKey = 2,

    /// <summary>The subject of a client certificate that the gateway has verified.</summary>
    Mtls = 4,
}
