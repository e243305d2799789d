using System.Collections;

namespace Tumbler.Cli.Calls;

/// <summary>How the program was called and where it speaks to: everything it knows of its process, so that a test can run all of it
/// without one.</summary>
/// <param name="Directory">Where relative paths begin.</param>
/// <param name="Home">Under which the login is kept when the environment does not say where.</param>
internal sealed record CliCall(
    IReadOnlyList<string> Arguments,
    string Directory,
    string Home,
    IReadOnlyDictionary<string, string> Environment,
    TextReader Input,
    TextWriter Output,
    TextWriter Errors,
    Screen Screen,
    TimeProvider Clock)
{
    public static CliCall OfProcess(string[] arguments) => new(
        arguments,
        System.Environment.CurrentDirectory,
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Console.In,
        Console.Out,
        Console.Error,
        Screen.OfProcess(),
        TimeProvider.System);

    /// <summary>Null when it is not set or empty: a script that clears a variable sets it to nothing.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <param name="path">As the user wrote it.</param>
    public string PathOf(string path) => Path.GetFullPath(path, Directory);
}
