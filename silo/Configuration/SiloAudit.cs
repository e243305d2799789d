using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Configuration;

/// <summary>With what the audit log proves itself: the certificate that was given, in development a self-made one.</summary>
public static partial class SiloAudit
{
    internal const string DevelopmentFile = "audit.pfx";

    /// <summary>Exports are asked for seldom, and the authority is one.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Call it while holding the journal's lock, see <see cref="DataDirectory"/>.</summary>
    /// <param name="complaints">Gets what is wrong.</param>
    /// <returns>Null when anything is wrong.</returns>
    public static AuditProofs? Load(SiloSettings settings, TimeProvider clock, ILoggerFactory logging, Complaints complaints) =>
        Load(settings.Audit, settings.Storage, settings.Retention, clock, logging, complaints);

    internal static AuditProofs? Load(
        AuditOptions audit, StorageOptions storage, RetentionOptions retention, TimeProvider clock, ILoggerFactory logging, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var loaded = TryLoad(audit, storage, retention, clock, logging, errors);
        if (loaded is null)
            complaints.Add(errors);
        return loaded;
    }

    /// <param name="errors">Gets what is wrong.</param>
    /// <inheritdoc cref="Load(SiloSettings, TimeProvider, ILoggerFactory, Complaints)"/>
    internal static AuditProofs? TryLoad(SiloSettings settings, TimeProvider clock, ILoggerFactory logging, List<SettingError> errors) =>
        TryLoad(settings.Audit, settings.Storage, settings.Retention, clock, logging, errors);

    private static AuditProofs? TryLoad(
        AuditOptions audit, StorageOptions storage, RetentionOptions retention, TimeProvider clock, ILoggerFactory logging, List<SettingError> errors)
    {
        var before = errors.Count;

        // Production never takes the second way: there the settings require a certificate.
        var signer = audit.SigningCertificate is { } given
            ? Read(given.Setting, given.Path, given.Password, errors)
            : SelfMade(new DataDirectory(storage.Directory), clock.GetUtcNow(), errors);
        var former = audit.FormerCertificates.SelectMany(each => ReadFormer(each.Setting, each.Path, errors)).ToArray();
        if (errors.Count > before)
            return null;

        if (signer!.Certificate.NotAfter <= clock.GetUtcNow() || signer.Certificate.NotBefore > clock.GetUtcNow())
            LogNotValid(logging.CreateLogger<AuditSigner>(), signer.Certificate.Subject, signer.Certificate.NotBefore, signer.Certificate.NotAfter);
        var authority = audit.TimestampUrl is { } url ? new TimestampAuthority(url, Http, logging.CreateLogger<TimestampAuthority>()) : null;
        return new AuditProofs(signer, audit.Origin, former, new ExportFolders(retention.Exports), authority);
    }

    private static AuditSigner? Read(string setting, string path, SecretText? password, List<SettingError> errors)
    {
        if (AuditCertificateFile.TryLoadSigner(path, password?.Reveal(), out var signer, out var problem))
            return signer;
        errors.Add(new SettingError(setting, problem));
        return null;
    }

    private static IReadOnlyList<AuditCertificate> ReadFormer(string setting, string path, List<SettingError> errors)
    {
        if (!AuditCertificateFile.TryLoadPublic(path, out var certificates, out var problem))
            errors.Add(new SettingError(setting, problem));
        return certificates;
    }

    private static AuditSigner? SelfMade(DataDirectory directory, DateTimeOffset now, List<SettingError> errors) =>
        SelfMadeCertificate.In(directory, DevelopmentFile, AuditOptions.CertificateSetting, () => DevelopmentAuditCertificate.Create(now), errors) is { } path
            ? Read(AuditOptions.CertificateSetting, path, password: null, errors)
            : null;

    [LoggerMessage(LogLevel.Warning, "The audit signing certificate '{Subject}' is valid only from {NotBefore:O} to {NotAfter:O}; others will not believe what it signs now. Replace it.")]
    private static partial void LogNotValid(ILogger log, string subject, DateTimeOffset notBefore, DateTimeOffset notAfter);
}
