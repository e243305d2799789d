using Tumbler.Api.ForwardAuth;
using Tumbler.Contracts.Input;

namespace Tumbler.Silo.Configuration;

/// <param name="AdminAudience">What a token must name as its audience so that an administrator or an organisation may use it as a
/// credential here; default the issuer. Tokens for other audiences pass through other hands.</param>
/// <param name="ForwardAuth">How gateways are answered.</param>
public sealed record AccessOptions(string AdminAudience, ForwardAuthOptions ForwardAuth)
{
    private const string AudienceSetting = "Auth:AdminAudience";

    internal static AccessOptions Read(SettingsReader settings, TokenOptions tokens)
    {
        var audience = settings.Text(AudienceSetting);
        if (audience is not null && !InputRules.IsAudience(audience))
            settings.Error(AudienceSetting, $"must be an absolute URI of at most {InputRules.MaxAudience} characters without a fragment");
        return new AccessOptions(audience ?? tokens.Issuer, ForwardAuthSettings.Read(settings));
    }
}
