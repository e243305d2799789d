namespace Tumbler.Engine.Snapshots;

/// <summary>What anyone may read about a ring.</summary>
/// <param name="Jwks">The JWK Set (RFC 7517 §5).</param>
/// <param name="Discovery">The authorization server metadata (RFC 8414).</param>
public sealed record RingDocuments(PublishedDocument Jwks, PublishedDocument Discovery);
