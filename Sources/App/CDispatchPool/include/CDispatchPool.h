// Takes the place of a part of libdispatch in the static program; there is nothing to call.
#pragma once
