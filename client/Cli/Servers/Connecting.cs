using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>Where the server is and who asks it: from the command line, the environment or the login, in this order. Never from an
/// argument's text: arguments are seen by everybody on the machine, and kept in the shell's history.</summary>
internal sealed class Connecting(CliCall call, string? serverOption, string? keyFileOption)
{
    public const string UrlVariable = "TUMBLER_SERVER_URL";
    public const string KeyFileVariable = "TUMBLER_ADMIN_KEY_FILE";
    public const string KeyVariable = "TUMBLER_ADMIN_KEY";

    private const string HowToLogIn = "Log in with `tumbler login --server <url>`, or set " + UrlVariable + " and " + KeyFileVariable + ".";

    public Outcome<Connection> Connect()
    {
        var file = LoginFile.Of(call);
        if (!file.Read().TryGet(out var login, out var failure))
            return failure;

        var url = serverOption ?? call.Variable(UrlVariable);
        if ((url ?? login.Known?.Server) is not { } text)
            return new Failure(ExitCode.NotAllowed, "There is no server to ask: nobody is logged in.", HowToLogIn);
        if (!ServerAddress.Parse(text, call).TryGet(out var address, out failure))
            return failure;

        if (!Given().TryGet(out var given, out failure))
            return failure;
        if (given.Known is { } credential)
            return new Connection(address, credential);

        // The login's key goes to the login's server and to no other, whatever the command line says.
        return login.Known is { } saved && ServerAddress.IsSame(saved.Server, address)
            ? CredentialIn(saved.Key, file.Path, address)
            : new Failure(ExitCode.NotAllowed, $"Nobody is logged in to {ServerAddress.Text(address)}.", HowToLogIn);
    }

    /// <summary>What the command line or the environment says.</summary>
    private Outcome<Maybe<Credential>> Given()
    {
        if ((keyFileOption ?? call.Variable(KeyFileVariable)) is { } file)
        {
            return SecretInput.Read(call, file, "the credential").TryGet(out var secret, out var failure)
                ? Known(secret, file == SecretInput.StandardInput ? "Standard input" : file)
                : failure;
        }

        return call.Variable(KeyVariable) is { } key ? Known(key, KeyVariable) : Maybe<Credential>.None;
    }

    private static Outcome<Maybe<Credential>> Known(string secret, string place) =>
        Credential.Parse(secret, place).TryGet(out var credential, out var failure) ? new Maybe<Credential>(credential) : failure;

    private static Outcome<Connection> CredentialIn(string secret, string place, Uri address) =>
        Credential.Parse(secret, place).TryGet(out var credential, out var failure) ? new Connection(address, credential) : failure;
}
