using Personalization.Pictures;

namespace Personalization.App.Bot;

/// <summary>A picture on a page of <c>/explore</c>, as one person sees it.</summary>
internal sealed record ExploredPicture(Picture Picture, byte[] Png, bool IsOwn, bool IsLiked);
