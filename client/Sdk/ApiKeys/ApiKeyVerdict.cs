namespace Tumbler.Client.ApiKeys;

/// <summary>What a Tumbler server says of an API key, or that it could not be asked.</summary>
/// <param name="Subject">The key's id, as its tokens name it; of a shared key its client's name.</param>
internal sealed record ApiKeyVerdict(ApiKeyResult Result, string Subject = "", string? Organization = null, IReadOnlyList<string>? Scopes = null)
{
    public static ApiKeyVerdict Refused { get; } = new(ApiKeyResult.Refused);

    public static ApiKeyVerdict Unavailable { get; } = new(ApiKeyResult.Unavailable);
}
