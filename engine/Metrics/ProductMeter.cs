using System.Diagnostics.Metrics;

namespace Tumbler.Engine.Metrics;

/// <summary>What the product counts and measures about itself. Each process, and each test, has one of its own.</summary>
public sealed class ProductMeter : IDisposable
{
    public const string Name = "Tumbler";

    public Meter Meter { get; } = new(Name);

    public void Dispose() => Meter.Dispose();
}
