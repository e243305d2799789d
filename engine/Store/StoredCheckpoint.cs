namespace Tumbler.Engine.Store;

/// <param name="Note">The signed note. Believe it only once it has verified.</param>
public sealed record StoredCheckpoint(long Number, string Note);
