using Tumbler.Silo.Clock;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Journal;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo;

/// <summary>What must be there before the host is built: whatever can't be had ends the start with a list and touches
/// nothing.</summary>
internal sealed class SiloParts : IDisposable
{
    private SiloParts(Journal journal, SiloSecrets secrets, TimeProvider clock, CmsKeyProtector protector) =>
        (Journal, Secrets, Clock, Protector) = (journal, secrets, clock, protector);

    public Journal Journal { get; }

    public SiloSecrets Secrets { get; }

    public TimeProvider Clock { get; }

    public CmsKeyProtector Protector { get; }

    /// <summary>First the journal: its lock makes the directory this process's own.</summary>
    /// <returns>Null after it complained.</returns>
    public static SiloParts? Open(SiloSettings settings, ILoggerFactory logging, TextWriter complaints)
    {
        if (!Journal.TryOpen(settings.Storage.Directory, logging.CreateLogger<Journal>(), out var journal, out var failure))
        {
            StartUp.Complain([new SettingError(StorageOptions.DirectorySetting, failure.Message)], complaints);
            return null;
        }

        if (SiloSecrets.Complete(settings, complaints) is { } secrets
            && SiloClock.Open(settings, TimeProvider.System, complaints) is { } clock
            && SiloCertificates.Load(settings, clock, logging.CreateLogger<CmsKeyProtector>(), complaints) is { } certificates)
        {
            return new SiloParts(journal, secrets, clock, new CmsKeyProtector(certificates));
        }

        journal.Dispose();
        return null;
    }

    public void Dispose() => Journal.Dispose();
}
