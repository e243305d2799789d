namespace Tumbler.Engine.Store;

/// <summary>A moment in the life of a store, to ask later what has changed since. Only the store makes them; there is
/// nothing to know about one.</summary>
/// <param name="Life">What must not have ended for the others to mean anything.</param>
/// <param name="Number">Of the last revocation that was told.</param>
public readonly record struct ChangeMark(Guid Life, long Position, long Number = 0);
