namespace Tumbler.Api.ForwardAuth;

/// <summary>Who is let through, as the service behind the gateway is told; null for what is not known.</summary>
internal sealed record ForwardIdentity(string Subject, string? Org = null, string? Scopes = null, string? KeyId = null)
{
    /// <summary>Nobody in particular.</summary>
    public static ForwardIdentity None { get; } = new("");

    /// <summary>Whether all of it can stand in headers: what could end a line or be read in two ways never gets into one.</summary>
    public bool IsPrintable => IsText(Subject) && IsText(Org) && IsText(Scopes) && IsText(KeyId);

    private static bool IsText(string? text) => text is null || !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
