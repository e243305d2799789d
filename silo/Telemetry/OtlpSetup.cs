using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Telemetry;

internal static class OtlpSetup
{
    /// <param name="options">Null: nothing is pushed, and nothing of what pushes is loaded.</param>
    public static IServiceCollection AddOtlp(this IServiceCollection services, OtlpOptions? options, string name) =>
        options is null ? services : services.AddExport(options, name);

    /// <summary>A method of its own: one that names the exporter loads its assemblies when it is compiled.</summary>
    private static IServiceCollection AddExport(this IServiceCollection services, OtlpOptions options, string name) =>
        services.AddHostedService(_ => new OtlpExport(options, name));
}
