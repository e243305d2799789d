namespace Tumbler.Bench.Micro;

/// <summary>A piece of the product's work, the same each time.</summary>
/// <param name="Prepare">Makes what does it once.</param>
/// <param name="Stepped">Its instructions are counted, too: nothing in it goes another way each time, as signing with ECDSA does,
/// and it is short: a step takes some 15 us.</param>
internal sealed record Operation(string Name, Func<EngineWork, Action> Prepare, bool Stepped = false);
