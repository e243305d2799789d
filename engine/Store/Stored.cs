namespace Tumbler.Engine.Store;

/// <summary>A state as the store has it, and the name of that state.</summary>
public sealed record Stored<TState>(TState State, VersionToken Version);
