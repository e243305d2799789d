using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Logins;

internal static class LogOut
{
    public static Verb Verb(Frame frame) => new Verb(
        frame, "logout", "Forgets the server's address and the credential. The credential itself stays good.", "tumbler logout")
        .Does((_, session, _) =>
        {
            if (!LoginFile.Of(session.Call).Delete().TryGet(out var was, out var failure))
                return Task.FromResult(session.Terminal.Fail(failure));
            session.Terminal.Note(was ? "Logged out." : "Nobody was logged in.");
            return Task.FromResult(ExitCode.Done);
        });
}
