using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Configuration;

/// <summary>The key-encryption certificates the silo runs with: those that were given, in development a self-made one.</summary>
public static partial class SiloCertificates
{
    internal const string DevelopmentFile = "kek.pfx";

    /// <summary>Call it while holding the journal's lock, see <see cref="DataDirectory"/>.</summary>
    /// <param name="complaints">Gets what is wrong.</param>
    /// <returns>The current one first; null when anything is wrong.</returns>
    public static IReadOnlyList<X509Certificate2>? Load(SiloSettings settings, TimeProvider clock, ILogger log, TextWriter complaints)
    {
        var errors = new List<SettingError>();
        var given = settings.Protection.Certificates;

        // Production never takes the second way: there the settings require a certificate.
        X509Certificate2?[] certificates = given.Count > 0
            ? [.. given.Select(each => Read(each.Setting, each.Path, each.Password, errors))]
            : [SelfMade(new DataDirectory(settings.Storage.Directory), clock.GetUtcNow(), errors)];
        if (errors.Count > 0)
        {
            StartUp.Complain(errors, complaints);
            return null;
        }

        foreach (var certificate in certificates)
        {
            if (ProtectionCertificates.Warning(certificate!, clock.GetUtcNow()) is { } warning)
                LogWarning(log, warning);
        }

        return certificates!;
    }

    private static X509Certificate2? Read(string setting, string path, SecretText? password, List<SettingError> errors)
    {
        if (ProtectionCertificates.TryLoad(path, password?.Reveal(), out var certificate, out var problem))
            return certificate;
        errors.Add(new SettingError(setting, problem));
        return null;
    }

    private static X509Certificate2? SelfMade(DataDirectory directory, DateTimeOffset now, List<SettingError> errors)
    {
        try
        {
            if (!directory.Has(DevelopmentFile))
            {
                var pfx = DevelopmentCertificate.Create(now);
                directory.Write(DevelopmentFile, pfx);
                CryptographicOperations.ZeroMemory(pfx);
            }

            if (!directory.IsOpenToOthers(DevelopmentFile))
                return Read(ProtectionOptions.Section, directory.PathOf(DevelopmentFile), password: null, errors);
            errors.Add(new SettingError(ProtectionOptions.Section,
                $"is not secret: others may use {directory.PathOf(DevelopmentFile)}; chmod 600 it"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError(StorageOptions.DirectorySetting, $"can't be used: {e.Message}"));
        }

        return null;
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger log, string warning);
}
