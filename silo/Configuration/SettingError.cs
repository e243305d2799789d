namespace Tumbler.Silo.Configuration;

/// <summary>One wrong setting.</summary>
/// <param name="Name">The setting's name: <c>Rings:default:Validity</c>.</param>
/// <param name="Message">What is wrong, to be read after the name. Never repeats a secret.</param>
public sealed record SettingError(string Name, string Message)
{
    public override string ToString() => $"{Name}: {Message}";
}
