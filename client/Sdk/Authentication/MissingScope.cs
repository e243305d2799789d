namespace Tumbler.Client.Authentication;

/// <summary>What a request would have needed, with spaces between: left for whoever writes its answer.</summary>
internal sealed record MissingScope(string Scopes);
