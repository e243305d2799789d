using Microsoft.Extensions.Configuration;
using Tumbler.Core.Keys;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;
using Tumbler.Silo.Logging;
using Tumbler.Silo.Reload;

namespace Tumbler.Silo.Commands;

internal static partial class ServeCommand
{
    public static async Task<int> Run(CommandCall call)
    {
        using var source = new SettingsSource(call.Arguments, call.Directory, call.Environment, TimeProvider.System);
        await source.Open();
        if (StartUp.Read(source, Read, call.Complaints) is not { } started)
            return call.Complaints.ExitCode;
        var settings = started.Settings;

        using var logging = LoggerFactory.Create(builder => builder.AddSiloConsole(settings));
        foreach (var warning in started.Reader.Warnings)
            LogWarning(logging.CreateLogger<SettingsReader>(), warning.Name, warning.Message);
        using var parts = SiloParts.Open(settings, logging, call.Complaints);
        if (parts is null)
            return call.Complaints.ExitCode;

        parts.Secrets.Announce(call.Output, isTerminal: !Console.IsOutputRedirected);
        await using var cluster = settings.Cluster is null ? null : await ClusterBuild.Enter(settings.Cluster, parts, logging, call.Complaints);
        if (settings.Cluster is not null && cluster is null)
            return call.Complaints.ExitCode;

        await using var app = await SiloHost.Start(settings, parts, new SiloReload(source, Read, started), cluster, call.Complaints);
        if (app is null)
            return call.Complaints.ExitCode;

        await app.WaitForShutdownAsync();
        return cluster is null ? 0 : ClusterBuild.ExitCode(app);
    }

    public static SiloSettings Read(IConfiguration configuration, SettingsReader reader) =>
        SiloSettings.Read(configuration, reader, ring => RingPolicyRules.Apply(ring, current: null).Refusal?.Fields ?? []);

    [LoggerMessage(LogLevel.Warning, "{Setting}: {Warning}")]
    private static partial void LogWarning(ILogger log, string setting, string warning);
}
