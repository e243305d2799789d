namespace Tumbler.Storage.Tests;

/// <summary>Tests that measure the process's memory: while they run no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
