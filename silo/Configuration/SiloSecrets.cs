using Tumbler.Core.Privacy;

namespace Tumbler.Silo.Configuration;

/// <summary>The secrets the silo runs with: those that were given, in development completed by self-made ones.</summary>
/// <param name="NewAdminKeyFile">Where the admin key lies, when this start made it.</param>
public sealed record SiloSecrets(SecretText AdminKey, SecretText ApiKeyHashKey, SecretText AuditKey, string? NewAdminKeyFile)
{
    /// <summary>Call it while holding the journal's lock, see <see cref="DataDirectory"/>.</summary>
    /// <param name="complaints">Gets what is wrong.</param>
    /// <returns>Null when anything is wrong.</returns>
    public static SiloSecrets? Complete(SiloSettings settings, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var directory = new DataDirectory(settings.Storage.Directory);
        // Production never gets to the right-hand sides: there the settings require all three.
        var selfMade = new DevelopmentSecrets(directory, errors);
        try
        {
            var isNew = false;
            var secrets = new SiloSecrets(
                settings.Admin.Key ?? selfMade.AdminKey(out isNew),
                settings.ApiKeys.HashKey ?? selfMade.HashKey(),
                settings.Audit.Key ?? selfMade.AuditKey(),
                NewAdminKeyFile: null);
            if (errors.Count == 0)
                return isNew ? secrets with { NewAdminKeyFile = directory.PathOf(DevelopmentSecrets.AdminKeyFile) } : secrets;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError(StorageOptions.DirectorySetting, $"can't be used: {e.Message}"));
        }

        complaints.Add(errors);
        return null;
    }

    /// <summary>What may be shown of a secret that was not given; null for what is none.</summary>
    public string? SelfMade(string setting) => setting switch
    {
        AdminOptions.KeySetting => Redaction.Secret(AdminKey.Reveal()),
        ApiKeyOptions.HashKeySetting => Redaction.Secret(ApiKeyHashKey.Reveal()),
        AuditOptions.KeySetting => Redaction.Secret(AuditKey.Reveal()),
        _ => null,
    };

    /// <summary>Tells the person who just started for the first time what the admin key is, whole only on a terminal:
    /// other outputs are kept.</summary>
    public void Announce(TextWriter output, bool isTerminal)
    {
        if (NewAdminKeyFile is not null)
            output.WriteLine($"New admin key: {(isTerminal ? AdminKey.Reveal() : AdminKey)} (in {NewAdminKeyFile})");
    }
}
