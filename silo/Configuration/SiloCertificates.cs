using System.Security.Cryptography.X509Certificates;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Configuration;

/// <summary>The key-encryption certificates the silo runs with: those that were given, in development a self-made one.</summary>
public sealed partial class SiloCertificates
{
    internal const string DevelopmentFile = "kek.pfx";

    private SiloCertificates(IReadOnlyList<X509Certificate2> own, IReadOnlyList<X509Certificate2> recipients) =>
        (Own, Recipients) = (own, recipients);

    /// <summary>With their private keys, the current one first.</summary>
    public IReadOnlyList<X509Certificate2> Own { get; }

    /// <summary>Without.</summary>
    public IReadOnlyList<X509Certificate2> Recipients { get; }

    /// <summary>Call it while holding the journal's lock, see <see cref="DataDirectory"/>.</summary>
    /// <param name="complaints">Gets what is wrong.</param>
    /// <returns>Null when anything is wrong.</returns>
    public static SiloCertificates? Load(SiloSettings settings, TimeProvider clock, ILogger log, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var loaded = TryLoad(settings, clock, log, errors);
        if (loaded is null)
            complaints.Add(errors);
        return loaded;
    }

    /// <param name="errors">Gets what is wrong.</param>
    /// <inheritdoc cref="Load"/>
    internal static SiloCertificates? TryLoad(SiloSettings settings, TimeProvider clock, ILogger log, List<SettingError> errors)
    {
        var before = errors.Count;
        var given = settings.Protection.Certificates;

        // Production never takes the second way: there the settings require a certificate.
        List<(string Setting, X509Certificate2? Certificate)> own = given.Count > 0
            ? [.. given.Select(each => (each.Setting, Read(each.Setting, each.Path, each.Password, errors)))]
            : [(ProtectionOptions.Section, SelfMade(new DataDirectory(settings.Storage.Directory), clock.GetUtcNow(), errors))];
        List<(string Setting, X509Certificate2? Certificate)> recipients =
            [.. settings.Protection.Recipients.Select(each => (each.Setting, ReadRecipient(each, errors)))];
        RefuseTwins([.. own, .. recipients], errors);
        if (errors.Count > before)
            return null;

        foreach (var (setting, certificate) in own.Concat(recipients))
        {
            if (ProtectionCertificates.Warning(certificate!, clock.GetUtcNow()) is { } warning)
                LogWarning(log, setting, warning);
        }

        return new SiloCertificates([.. own.Select(each => each.Certificate!)], [.. recipients.Select(each => each.Certificate!)]);
    }

    private static X509Certificate2? Read(string setting, string path, SecretText? password, List<SettingError> errors)
    {
        if (ProtectionCertificates.TryLoad(path, password?.Reveal(), out var certificate, out var problem))
            return certificate;
        errors.Add(new SettingError(setting, problem));
        return null;
    }

    private static X509Certificate2? ReadRecipient(ProtectionCertificate given, List<SettingError> errors)
    {
        if (ProtectionCertificates.TryLoadRecipient(given.Path, out var certificate, out var problem))
            return certificate;
        errors.Add(new SettingError(given.Setting, problem));
        return null;
    }

    /// <summary>The same one twice is a slip of the pen that would leave an old one out; two that no stored key could tell
    /// apart would be worse.</summary>
    private static void RefuseTwins(IReadOnlyList<(string Setting, X509Certificate2? Certificate)> all, List<SettingError> errors)
    {
        for (var i = 1; i < all.Count; i++)
        {
            var (setting, certificate) = all[i];
            if (certificate is null
                || all.Take(i).FirstOrDefault(other => other.Certificate is { } known && CmsKeyProtector.AreAlike(known, certificate))
                    is not { Certificate: { } twin } first)
                continue;
            errors.Add(new SettingError(setting, twin.RawData.AsSpan().SequenceEqual(certificate.RawData)
                ? $"is the same certificate as {first.Setting}"
                : $"has the issuer and the serial number of {first.Setting}; stored keys name their certificate by these"));
        }
    }

    private static X509Certificate2? SelfMade(DataDirectory directory, DateTimeOffset now, List<SettingError> errors) =>
        SelfMadeCertificate.In(directory, DevelopmentFile, ProtectionOptions.Section, () => DevelopmentCertificate.Create(now), errors) is { } path
            ? Read(ProtectionOptions.Section, path, password: null, errors)
            : null;

    [LoggerMessage(LogLevel.Warning, "{Setting}: {Warning}")]
    private static partial void LogWarning(ILogger log, string setting, string warning);
}
