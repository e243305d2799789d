using Tumbler.Core.Keys;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;
using Tumbler.Silo.Logging;

namespace Tumbler.Silo.Commands;

internal static class ServeCommand
{
    public static async Task<int> Run(CommandCall call)
    {
        var settings = StartUp.Read(
            call.Arguments, call.Directory, call.Environment,
            (configuration, reader) => SiloSettings.Read(
                configuration, reader, ring => RingPolicyRules.Apply(ring, current: null).Refusal?.Fields ?? []),
            call.Complaints);
        if (settings is null)
            return call.Complaints.ExitCode;

        using var logging = LoggerFactory.Create(builder => builder.AddSiloConsole(settings));
        using var parts = SiloParts.Open(settings, logging, call.Complaints);
        if (parts is null)
            return call.Complaints.ExitCode;

        parts.Secrets.Announce(call.Output, isTerminal: !Console.IsOutputRedirected);
        await using var cluster = settings.Cluster is null ? null : await ClusterBuild.Enter(settings.Cluster, parts, logging, call.Complaints);
        if (settings.Cluster is not null && cluster is null)
            return call.Complaints.ExitCode;

        await using var app = await SiloHost.Start(settings, parts, cluster, call.Complaints);
        if (app is null)
            return call.Complaints.ExitCode;

        await app.WaitForShutdownAsync();
        return cluster is null ? 0 : ClusterBuild.ExitCode(app);
    }
}
