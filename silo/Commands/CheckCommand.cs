using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;
using Tumbler.Silo.Listening;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Commands;

/// <summary>Says what a start would be refused for, with the same list and exit code, beside a server that runs or before there is
/// one. It reads the files, the secret manager, the database's version and Redis; it makes nothing, takes no lock and listens nowhere.</summary>
internal static class CheckCommand
{
    public static async Task<int> Run(CommandCall call)
    {
        using var source = new SettingsSource(call.Arguments, call.Directory, call.Environment, TimeProvider.System);
        await source.Open();
        if (StartUp.Read(source, ServeCommand.Read, call.Complaints) is not { } started)
            return call.Complaints.ExitCode;

        var (errors, warnings) = (new List<SettingError>(), new List<SettingError>(started.Reader.Warnings));
        ReadFiles(started.Settings, errors, warnings);
        await AskServers(started.Settings, errors);
        if (errors.Count > 0)
        {
            call.Complaints.Add(errors);
            return call.Complaints.ExitCode;
        }

        call.Output.WriteLine(warnings.Count switch
        {
            0 => "The settings are right.",
            1 => "The settings are right, with one warning.",
            _ => $"The settings are right, with {warnings.Count} warnings.",
        });
        foreach (var warning in warnings)
            call.Output.WriteLine($"  {warning}");
        return 0;
    }

    /// <summary>What development would make by itself is not there yet, and is not made here.</summary>
    private static void ReadFiles(SiloSettings settings, List<SettingError> errors, List<SettingError> warnings)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (settings.Protection.Certificates is { Count: > 0 } given
            && SiloCertificates.TryLoad(settings, TimeProvider.System, NullLogger.Instance, errors) is { } certificates)
        {
            warnings.AddRange(given.Zip(certificates.Own)
                .Select(each => (each.First.Setting, Problem: ProtectionCertificates.Warning(each.Second, now)))
                .Where(each => each.Problem is not null)
                .Select(each => new SettingError(each.Setting, each.Problem!)));
        }

        if (settings.Audit.SigningCertificate is { } signing
            && SiloAudit.TryLoad(settings, TimeProvider.System, NullLoggerFactory.Instance, errors) is { } proofs
            && (proofs.Signer.Certificate.NotAfter <= now || proofs.Signer.Certificate.NotBefore > now))
        {
            warnings.Add(new SettingError(signing.Setting, "the certificate is not valid now; others will not believe what it signs"));
        }

        WatchedFiles.TryLoad(settings, NullLoggerFactory.Instance, errors);
    }

    private static async Task AskServers(SiloSettings settings, List<SettingError> errors)
    {
        if (settings.Storage.Postgres is { } postgres)
        {
            var options = new PostgresOptions { Migrate = postgres.Migrate, StatementTimeout = postgres.StatementTimeout };
            if (PostgresStore.WhyNotOpened(postgres.ConnectionString.Reveal(), options) is { } failure)
                errors.Add(PostgresSettings.NotOpened(failure));
        }

        if (settings.Cluster is { } cluster)
            await ClusterBuild.Check(cluster, errors);
    }
}
