namespace Tumbler.Engine.Protection;

/// <summary>Whom a protected key is encrypted for.</summary>
/// <param name="Thumbprints">Of the certificates that are configured here.</param>
/// <param name="Others">How many there are besides.</param>
public sealed record KeyReaders(IReadOnlySet<string> Thumbprints, int Others);
