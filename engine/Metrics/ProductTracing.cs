using System.Diagnostics;

namespace Tumbler.Engine.Metrics;

/// <summary>Where spans of the product come from. While nobody listens there are none, and asking for one costs nothing.</summary>
public static class ProductTracing
{
    public static ActivitySource Source { get; } = new(ProductMeter.Name);
}
