namespace Tumbler.Client;

/// <summary>Names under which others find what this library does.</summary>
public static class TumblerDefaults
{
    /// <summary>The authentication scheme. It takes all credentials of <see cref="TumblerOptions.Mode"/>.</summary>
    public const string AuthenticationScheme = "Tumbler";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Tumbler.Client";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Tumbler.Client";
}
