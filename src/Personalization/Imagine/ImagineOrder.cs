using Personalization.Imagine.Jobs;
namespace Personalization.Imagine;

/// <summary>Who asks for pictures, and where the answer goes.</summary>
/// <param name="Id">The interaction's id: the same one twice is one job.</param>
/// <param name="ReplyTo">The address <see cref="IDelivery"/> reads.</param>
/// <param name="IsPrivate">Whether the pictures stay out of everybody else's sight.</param>
public sealed record ImagineOrder(ulong Id, PersonId Person, string ReplyTo, bool IsPrivate);
