using Tumbler.Core.Privacy;

namespace Tumbler.Silo.Configuration;

/// <summary>A setting as it was read.</summary>
/// <param name="Source">Where it was given: <c>environment</c>, <c>file /run/secrets/admin</c>, <c>vault secret/tumbler#admin_key</c>.</param>
/// <param name="Value">Of a secret what was in the file or the secret manager.</param>
public sealed record ReadSetting(string Name, string Source, SecretText Value, SettingKind Kind)
{
    /// <summary>As far as anybody may see it.</summary>
    public string Shown => Kind switch
    {
        SettingKind.Plain => Redaction.Text(Value.Reveal()),
        SettingKind.Secret => Redaction.Secret(Value.Reveal()),
        _ => Redaction.Secret(""),
    };
}
