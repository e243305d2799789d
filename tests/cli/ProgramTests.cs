using System.Diagnostics;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests;

/// <summary>The program as a process of its own: all the other scripts run it in theirs.</summary>
public sealed class ProgramTests(RunningServer server) : ScriptTests(server)
{
    [Fact]
    public async Task It_prints_what_it_was_asked_for_and_ends_with_its_code()
    {
        (await Run("", "rings", "show", "default", "--server", Server.Url, "--key-file", Server.AdminKeyFile, "--json")).Document();
        (await Run("", "rings", "show", "nowhere", "--server", Server.Url, "--key-file", Server.AdminKeyFile)).Is(2, "", "tumbler: There is no ring 'nowhere'.");
    }

    [Fact]
    public async Task Its_standard_input_is_no_terminal_when_it_is_a_pipe()
    {
        (await Run($"{Server.AdminKey}\n", "login", "--server", Server.Url)).Is(
            0, "", $"Logged in to <server>. The credential is in {Folder.File(".config/tumbler/login.json")}, which only you can read.");
        Assert.Equal(3, (await Run("default\n", "rings", "revoke", "default")).Code);
    }

    private Task<Said> Run(string input, params string[] words)
    {
        var order = new ProcessStartInfo(Path.Combine(Repository.Root, "client", "Cli", "bin", "Release", "net10.0", "tumbler"), words) { WorkingDirectory = Folder.Path };
        order.Environment["HOME"] = Folder.Path;
        foreach (var variable in (string[])["XDG_CONFIG_HOME", "TUMBLER_SERVER_URL", "TUMBLER_ADMIN_KEY", "TUMBLER_ADMIN_KEY_FILE"])
            order.Environment.Remove(variable);
        return RealProcess.Run(order, input);
    }
}
