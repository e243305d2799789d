using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

/// <summary>A directory to start in, with what was complained about.</summary>
public sealed class SettingsDirectory : IDisposable
{
    private readonly StringWriter complained = new();

    public SettingsDirectory() => Complaints = new Complaints(complained);

    public string Path { get; } = Directory.CreateTempSubdirectory("tumbler-settings-").FullName;

    public Dictionary<string, string> Environment { get; } = new() { ["DOTNET_ENVIRONMENT"] = "Development" };

    public Func<PutRing, IReadOnlyList<FieldError>> RingRules { get; set; } = _ => [];

    /// <summary>The errors' lines, without the headline.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Text.Split(System.Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line[2..])];

    public string Text => complained.ToString();

    public Complaints Complaints { get; }

    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public SiloSettings? Read(params string[] arguments) => StartUp.Read(
        arguments, Path, Environment, (configuration, reader) => SiloSettings.Read(configuration, reader, RingRules), Complaints);

    public IReadOnlyList<string> ErrorsOf(params string[] arguments)
    {
        Assert.Null(Read(arguments));
        return Errors;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
