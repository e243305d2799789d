namespace Tumbler.Silo.Configuration;

public enum SettingKind
{
    Plain,
    Secret,

    /// <summary>A text with a secret in it, perhaps a short one at its end: a connection string.</summary>
    HoldsSecret,
}
