using System.ComponentModel.DataAnnotations;

namespace Personalization.Backends.Http;

/// <summary>Requires an absolute http or https address without name, password, query and fragment, none of which is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerAddressAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => value switch
    {
        // The address is not shown: what is wrong in it may be a password.
        Uri { IsAbsoluteUri: true } url when url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0 =>
            new("has a user name and password, a query or a fragment, which is not sent: leave it out."),
        Uri { IsAbsoluteUri: true, Scheme: "http" or "https" } or null => ValidationResult.Success,
        _ => new($"is \"{value}\"; it must be an address such as http://127.0.0.1:8188."),
    };
}
