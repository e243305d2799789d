using Tumbler.Core.Audit;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Commands;

/// <summary>The settings that pruning needs: a machine that only maintains a database has no use for the others.</summary>
internal sealed record PruneSettings(StorageOptions Storage, RetentionOptions Retention, AuditOptions Audit)
{
    public static PruneSettings Read(SettingsReader settings)
    {
        var storage = StorageOptions.Read(settings);
        return new PruneSettings(storage, RetentionOptions.Read(settings, storage), AuditOptions.Read(settings));
    }

    /// <summary>Null after it complained. In development the self-made one.</summary>
    public AuditKey? AuditKey(Complaints complaints)
    {
        var errors = new List<SettingError>();
        SecretText? key = null;
        try
        {
            key = Audit.Key ?? new DevelopmentSecrets(new DataDirectory(Storage.Directory), errors).AuditKey();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError(StorageOptions.DirectorySetting, $"can't be used: {e.Message}"));
        }

        if (errors.Count == 0)
            return new AuditKey(key!.RevealBase64());
        complaints.Add(errors);
        return null;
    }
}
