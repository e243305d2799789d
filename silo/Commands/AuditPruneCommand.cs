using System.Globalization;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Logging;
using Tumbler.Storage.Exports;

namespace Tumbler.Silo.Commands;

/// <summary>Deletes entries of the audit log that an export of the whole log holds, which thereby becomes the archive.</summary>
internal static class AuditPruneCommand
{
    /// <summary>The archive or the log does not verify, or they do not fit. Nothing was changed.</summary>
    private const int Refused = 1;

    /// <summary>The archive can't be read, or the store went away.</summary>
    private const int Unusable = 2;

    public static async Task<int> Run(CommandCall call)
    {
        if (!AuditPruneOrder.TryParse(call, TimeProvider.System.GetUtcNow(), out var order, out var problem))
        {
            call.Errors.WriteLine($"{problem}\nUsage: audit prune {AuditPruneOrder.Operands}");
            return Commands.UsageError;
        }

        var settings = await call.Settings(order.Settings, PruneSettings.Read);
        if (settings is null)
            return call.Complaints.ExitCode;

        using var logging = LoggerFactory.Create(builder => builder
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error)
            .Redacted());
        try
        {
            var code = await Run(call, order, settings, logging);

            // A journal drops what was pruned from its file when it is opened.
            if (code == 0 && !order.DryRun && settings.Storage.Postgres is null)
                SiloStore.OpenBeside(settings.Storage, logging, call.Complaints)?.Dispose();
            return code;
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            call.Errors.WriteLine(e.Message);
            return Unusable;
        }
    }

    private static async Task<int> Run(CommandCall call, AuditPruneOrder order, PruneSettings settings, ILoggerFactory logging)
    {
        // Before the certificate and the key: with a journal comes the lock that makes the data directory this process's own.
        using var store = SiloStore.OpenBeside(settings.Storage, logging, call.Complaints);
        if (store is null
            || settings.AuditKey(call.Complaints) is not { } key
            || SiloAudit.Load(settings.Audit, settings.Storage, settings.Retention, TimeProvider.System, logging, call.Complaints) is not { } proofs)
        {
            return call.Complaints.ExitCode;
        }

        var plan = new PrunePlan(order.Before);
        var verdict = await new ExportVerification(order.Archive, proofs.Trusted, _ => { }, plan.See).Run();
        if (verdict.Fault is not null)
            return Refuse(call, $"The archive does not verify.\n  {verdict.Fault}");
        if (verdict.Chain is not null)
            return Refuse(call, $"The archive holds chain {verdict.Chain} only; an export of the whole log is needed.");

        var archive = new AuditArchive(verdict.Signed!.Checkpoint.Number, verdict.Signed.Note, plan.Points());
        var pruned = await new AuditPruning(store.Store, key, proofs, TimeProvider.System).Prune(archive, order.DryRun, _ => { }, CancellationToken.None);
        if (!pruned.TryGet(out var done, out var refusal))
            return Refuse(call, refusal.Message);
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{done.Entries} entries of {done.Chains} chains {(order.DryRun ? "would be" : "are")} pruned."));
        return 0;
    }

    private static int Refuse(CommandCall call, string problem)
    {
        call.Errors.WriteLine(problem);
        return Refused;
    }
}
