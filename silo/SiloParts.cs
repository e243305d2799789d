using System.Security.Cryptography.X509Certificates;
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
            && Certificates(settings, clock, logging.CreateLogger<CmsKeyProtector>(), complaints) is { } certificates)
        {
            return new SiloParts(journal, secrets, clock, new CmsKeyProtector(certificates));
        }

        journal.Dispose();
        return null;
    }

    public void Dispose() => Journal.Dispose();

    private static List<X509Certificate2>? Certificates(
        SiloSettings settings, TimeProvider clock, ILogger log, TextWriter complaints)
    {
        var (certificates, errors) = (new List<X509Certificate2>(), new List<SettingError>());
        foreach (var (setting, path, password) in settings.Protection.Certificates)
        {
            if (ProtectionCertificates.TryLoad(path, password?.Reveal(), out var certificate, out var problem))
                certificates.Add(certificate);
            else
                errors.Add(new SettingError(setting, problem));
        }

        // Production never gets here without a certificate: its settings require one.
        if (settings.Protection.Certificates.Count == 0)
        {
            if (DevelopmentCertificate.TryLoadOrCreate(settings.Storage.Directory, clock.GetUtcNow(), out var own, out var problem))
                certificates.Add(own);
            else
                errors.Add(new SettingError(ProtectionOptions.Section, problem));
        }

        if (errors.Count > 0)
        {
            StartUp.Complain(errors, complaints);
            return null;
        }

        foreach (var certificate in certificates)
        {
            if (ProtectionCertificates.Warning(certificate, clock.GetUtcNow()) is { } warning)
                Log.CertificateWarning(log, warning);
        }

        return certificates;
    }
}
