using System.Text.Json;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>Where the login is kept between calls, for its user only.</summary>
internal sealed class LoginFile
{
    private const UnixFileMode OnlyTheUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OnlyTheUsersFolder = OnlyTheUser | UnixFileMode.UserExecute;

    private LoginFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>In the folder of the XDG base directory specification.</summary>
    public static LoginFile Of(CliCall call) => new(System.IO.Path.Combine(
        call.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(call.Home, ".config"), "tumbler", "login.json"));

    public Outcome<Maybe<Login>> Read()
    {
        try
        {
            if (!File.Exists(Path))
                return Maybe<Login>.None;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OnlyTheUser) != 0)
                return new Failure(ExitCode.NotAllowed, $"Others may read or change {Path}, so it is not used.", $"chmod 600 {Path}");
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), CliJson.Default.Login) is { Server: not null, Key: not null } login
                ? new Maybe<Login>(login)
                : Unreadable("it lacks a member");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unreadable(e is JsonException ? "it is no JSON of a login" : e.Message);
        }
    }

    /// <summary>Nobody else can read it at any moment: it is made with its mode, under another name, and then moved.</summary>
    public Failure? Write(Login login)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, OnlyTheUsersFolder);
            var next = $"{Path}.new";
            File.Delete(next);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OnlyTheUser;
            using (var file = new FileStream(next, options))
                JsonSerializer.Serialize(file, login, CliJson.Default.Login);
            File.Move(next, Path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.CannotWrite, $"{Path} can't be written: {e.Message}");
        }
    }

    /// <returns>Whether there was one.</returns>
    public Outcome<bool> Delete()
    {
        try
        {
            var was = File.Exists(Path);
            File.Delete(Path);
            return was;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.CannotWrite, $"{Path} can't be deleted: {e.Message}");
        }
    }

    private Failure Unreadable(string why) =>
        new(ExitCode.NoInput, $"The login in {Path} can't be read: {why}.", "`tumbler login` writes it anew, `tumbler logout` removes it.");
}
