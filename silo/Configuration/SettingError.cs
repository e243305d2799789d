namespace Tumbler.Silo.Configuration;

/// <summary>One wrong setting.</summary>
/// <param name="Name">The setting's name: <c>Rings:default:Validity</c>.</param>
/// <param name="Message">What is wrong, to be read after the name. Never repeats a secret.</param>
public sealed record SettingError(string Name, string Message)
{
    /// <summary>Whether the setting may be right, because another process that does not answer now may do so later.</summary>
    public bool MayPass { get; init; }

    public override string ToString() => $"{Name}: {Message}";
}
