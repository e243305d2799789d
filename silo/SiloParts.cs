using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;
using Tumbler.Silo.Clock;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Listening;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo;

/// <summary>What must be there before the host is built: whatever can't be had ends the start with a list and touches
/// nothing.</summary>
internal sealed class SiloParts : IDisposable
{
    private readonly SiloStore store;

    private SiloParts(
        SiloStore store,
        SiloSecrets secrets,
        TimeProvider clock,
        CmsKeyProtector protector,
        AuditProofs proofs,
        WatchedFiles files) =>
        (this.store, Secrets, Clock, Protector, Proofs, Files) = (store, secrets, clock, protector, proofs, files);

    public IStore Store => store.Store;

    /// <inheritdoc cref="SiloStore.Cluster"/>
    public IClusterRows? Cluster => store.Cluster;

    public SiloSecrets Secrets { get; }

    public TimeProvider Clock { get; }

    public CmsKeyProtector Protector { get; }

    public AuditProofs Proofs { get; }

    public WatchedFiles Files { get; }

    /// <summary>First the store: with it comes the lock that makes the data directory this process's own.</summary>
    /// <returns>Null after it complained.</returns>
    public static SiloParts? Open(SiloSettings settings, ILoggerFactory logging, Complaints complaints)
    {
        if (SiloStore.Open(settings, logging, complaints) is not { } store)
            return null;

        if (SiloSecrets.Complete(settings, complaints) is { } secrets
            && SiloClock.Open(settings, TimeProvider.System, complaints) is { } clock
            && SiloCertificates.Load(settings, clock, logging.CreateLogger<CmsKeyProtector>(), complaints) is { } certificates
            && SiloAudit.Load(settings, clock, logging, complaints) is { } proofs
            && WatchedFiles.Load(settings, logging, complaints) is { } files)
        {
            return new SiloParts(
                store,
                secrets,
                clock,
                new CmsKeyProtector(certificates.Own, certificates.Recipients),
                proofs,
                files);
        }

        store.Dispose();
        return null;
    }

    public void Dispose() => store.Dispose();
}
