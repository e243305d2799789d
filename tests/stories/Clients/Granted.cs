namespace Tumbler.Stories.Tests.Clients;

/// <summary>A token response, RFC 6749 §5.1.</summary>
public sealed record Granted(string AccessToken, string TokenType, int ExpiresIn, string? Scope);
