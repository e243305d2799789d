using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Tumbler.Grains.Members;

/// <summary>The one connection of a silo to Redis: members, reminders, the generation. It says in words what can't be had, and
/// never any part of the string but the server that it begins with: what is behind a comma may be the rest of a password.</summary>
public sealed class RedisConnection
{
    /// <summary>For everything together, whatever the connection string says about each attempt.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConfigurationOptions options;
    private readonly string server;

    private RedisConnection(ConfigurationOptions options, string server) => (this.options, this.server) = (options, server);

    /// <param name="authorities">That sign Redis's certificate; null for those that the machine trusts.</param>
    public static bool TryParse(
        string connectionString,
        X509Certificate2Collection? authorities,
        [NotNullWhen(true)] out RedisConnection? connection,
        [NotNullWhen(false)] out string? problem)
    {
        (connection, problem) = (null, null);
        try
        {
            var options = ConfigurationOptions.Parse(connectionString);
            var server = connectionString.Split(',')[0].Trim();
            if (options.EndPoints.Count == 0 || server.Contains('=', StringComparison.Ordinal))
                problem = "does not begin with a server, such as redis.example:6379";
            else if (authorities is not null && !options.Ssl)
                problem = "says nothing of TLS (ssl=true), but authorities are given";
            else
                connection = new RedisConnection(Completed(options, authorities), server);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            problem = "is no connection string; it is a server and options, such as redis.example:6379,user=tumbler,password=…,ssl=true";
        }

        return connection is not null;
    }

    /// <returns>The connection, or what can't be had and whether it may be had later.</returns>
    public async Task<(IConnectionMultiplexer? Redis, string? Problem, bool MayPass)> Open(TimeProvider clock)
    {
        try
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(Patience, clock);
            await redis.GetDatabase().PingAsync();
            return (redis, null, false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            return Reason(e) is { } reason ? (null, reason, false) : (null, $"{server} can't be reached", true);
        }
    }

    private static ConfigurationOptions Completed(ConfigurationOptions options, X509Certificate2Collection? authorities)
    {
        options.Defaults = new RedisDefaults();
        options.AbortOnConnectFail = true;
        options.AllowAdmin = false;
        if (authorities is not null)
        {
            options.CertificateValidation += (_, certificate, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 && certificate is X509Certificate2 shown
                && Trust.IsSigned(shown, authorities);
        }

        return options;
    }

    /// <summary>Null when it is only away.</summary>
    private string? Reason(Exception e) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } when IsTls(e) =>
            $"{server} shows a certificate that is not trusted, or speaks no TLS",
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => Refused,
        RedisServerException refused when refused.Message.StartsWith("NOPERM", StringComparison.Ordinal) =>
            $"{server} does not let {User} do what is needed; docs/configuration.md has its rights",
        RedisServerException refused when IsPassword(refused.Message) => Refused,
        RedisConnectionException failed when IsPassword(failed.ToString()) => Refused,
        _ => null,
    };

    private string Refused => $"{server} refuses {User}: the password is wrong or missing, or there is no such user";

    private string User => options.User is { Length: > 0 } user ? $"user '{user}'" : "the default user";

    private static bool IsPassword(string message) =>
        message.Contains("WRONGPASS", StringComparison.Ordinal) || message.Contains("NOAUTH", StringComparison.Ordinal)
        || message.Contains("AUTH <password> called", StringComparison.Ordinal);

    private static bool IsTls(Exception e) =>
        e is System.Security.Authentication.AuthenticationException || e.InnerException is { } inner && IsTls(inner);
}
