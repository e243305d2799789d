namespace Tumbler.Client.Net;

/// <param name="Body">Null when it is the one that was known.</param>
/// <param name="ETag">Null when it has none.</param>
internal sealed record Document(ReadOnlyMemory<byte>? Body, string? ETag);
