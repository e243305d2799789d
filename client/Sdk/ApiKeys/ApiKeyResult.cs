namespace Tumbler.Client.ApiKeys;

internal enum ApiKeyResult
{
    Good,

    /// <summary>401.</summary>
    Refused,

    /// <summary>A good key, but not from this address or not for this service: 403.</summary>
    Forbidden,

    /// <summary>429.</summary>
    RateLimited,

    /// <summary>Nobody can say: 503.</summary>
    Unavailable,
}
